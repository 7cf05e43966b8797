/** One thing a rule found wrong, in the words of the person who has to mend it. */
export interface Finding {
  /** Path of the property in the resource's inputs, for instance `metadataOptions.httpTokens`. */
  readonly property: string;
  /** What is there now. Never the value of a secret: say "a plain value". "nothing" for an absent property. */
  readonly found: string;
  /** What must be there, with its unit. */
  readonly required: string;
  /** What to do, in one line, if it differs from the rule's own remediation. */
  readonly fix?: string;
}

/** A finding together with what the rule knows about itself and its subject: everything a report shows. */
export interface FullFinding extends Required<Finding> {
  /** Logical name of the resource. */
  readonly resource: string;
  /** Requirement ids, separated by commas. */
  readonly checklist: string;
}

const LABELS = ["resource", "property", "found", "required", "fix", "checklist"] as const;

/**
 * The text of a violation. Only the message reaches the engine's diagnostics (not the rule's remediation or tags),
 * so it carries everything, one labelled line each, for people and for {@link parseFinding}.
 */
export function formatFinding(finding: FullFinding): string {
  return LABELS.map((label) => `${`${label}:`.padEnd(10)} ${finding[label].replaceAll(/\s*\n\s*/g, " ")}`).join("\n");
}

/** The finding in a diagnostic's message, or undefined if the message is not one of ours. */
export function parseFinding(message: string): FullFinding | undefined {
  const values = new Map<string, string>();
  for (const line of message.split("\n")) {
    const label = LABELS.find((name) => line.startsWith(`${name}:`));
    if (label !== undefined && !values.has(label)) values.set(label, line.slice(label.length + 1).trim());
  }
  const [resource, property, found, required, fix, checklist] = LABELS.map((label) => values.get(label));
  if (resource === undefined || property === undefined || found === undefined || required === undefined)
    return undefined;
  return { resource, property, found, required, fix: fix ?? "", checklist: checklist ?? "" };
}

/** A value as a finding shows it: absent is "nothing", long values are cut. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
