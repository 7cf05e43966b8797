import type { Component } from "./graph.ts";
import { arrowsBetween, withoutShortcuts } from "./graph.ts";

/** Titles of the areas that type tokens name, in the order in which a request and its data pass them. */
const AREAS: Readonly<Record<string, string>> = {
  edge: "Edge",
  workload: "Services",
  cluster: "Cluster",
  network: "Network",
  data: "Data and messages",
  storage: "Records",
  delivery: "Delivery",
  security: "Keys, secrets, audit",
  operations: "Alarms and cost",
  access: "Ways in",
};

/** Classes that nearly every other refers to. Arrows to them would hide all others, so a drawing lists them instead. */
const REFERRED_BY_MOST: ReadonlySet<string> = new Set(["Keys", "KeyTwins", "Notify", "AccessLogs"]);

/** What everything stands on: an arrow to one of these is left out where the others lead there anyway. */
const GROUND: readonly string[] = ["Cluster", "Network"];

/** Classes in the small picture: what a request meets, and what would be lost with its data. */
const PICTURED: readonly string[] = [
  "Cdn",
  "EdgeFirewall",
  "BalancerFirewall",
  "Workloads",
  "ClusterServices",
  "Cluster",
  "Network",
  "Database",
  "Cache",
  "Queues",
  "Backup",
];

/**
 * The one way that no resource refers to: requests go from the CDN to the services by a name which a controller enters.
 * It is drawn because both ends refer to the secret that opens it, and only as long as they do.
 */
const REQUESTS = { from: "Cdn", to: "Workloads", by: "OriginSecret" };

/** Written in capitals. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(["Cdn", "Dns"]);

/** Services that come with nearly every resource and so say nothing about a component. */
const EVERYWHERE: ReadonlySet<string> = new Set(["cloudwatch", "iam", "random", "vpc"]);

/** Titles of classes whose type token keeps an older name. */
const RENAMED: Readonly<Record<string, string | undefined>> = { KeyTwins: "Regional keys" };

/** `EdgeFirewall` as "Edge firewall". */
export function titleOf({ className }: Component): string {
  const title = RENAMED[className];
  if (title !== undefined) return title;
  const words = className.match(/[A-Z][a-z]*/g) ?? [className];
  return words
    .map((word, position) =>
      ABBREVIATIONS.has(word) ? word.toUpperCase() : position === 0 ? word : word.toLowerCase(),
    )
    .join(" ");
}

/** The areas that there are, each with its components, in reading order. */
export function areasOf(
  components: readonly Component[],
): readonly { readonly area: string; readonly title: string; readonly members: readonly Component[] }[] {
  const strange = components.find(({ area }) => !(area in AREAS));
  if (strange !== undefined)
    throw new Error(`The area "${strange.area}" of ${strange.className} has no title in ops/architecture/drawing.ts.`);
  return Object.entries(AREAS).flatMap(([area, title]) => {
    const members = components.filter((component) => component.area === area);
    return members.length === 0 ? [] : [{ area, title, members }];
  });
}

function find(components: readonly Component[], className: string): Component {
  const found = components.find((component) => component.className === className);
  if (found === undefined)
    throw new Error(`ops/architecture/drawing.ts names ${className}, which is not in the environment.`);
  return found;
}

/** A component's node: its title, and the two services it has most of. */
function node(component: Component): string {
  const services = component.services.map(([service]) => service).filter((service) => !EVERYWHERE.has(service));
  return `${component.name}["<b>${titleOf(component)}</b>${services.length === 0 ? "" : `<br/>${services.slice(0, 2).join(" · ")}`}"]`;
}

/** The arrows between those components, for reading. */
function arrowLines(
  components: readonly Component[],
  chosen: readonly Component[],
  passed: readonly Component[],
): string[] {
  const names = (list: readonly Component[]): ReadonlySet<string> => new Set(list.map(({ name }) => name));
  const ground = names(GROUND.map((className) => find(components, className)));
  const arrows = withoutShortcuts(arrowsBetween(components, names(chosen), names(passed)), ground);
  return [...arrows].flatMap(([from, ends]) => [...ends].map((end) => `  ${from} --> ${end}`));
}

/** The way of a request; throws when nothing proves it any more. */
function requests(components: readonly Component[]): string[] {
  const [from, to, by] = [REQUESTS.from, REQUESTS.to, REQUESTS.by].map((className) => find(components, className));
  const all = new Set(components.map(({ name }) => name));
  const reaches = (start: Component | undefined): boolean =>
    start !== undefined &&
    by !== undefined &&
    arrowsBetween(components, new Set([start.name, by.name]), all)
      .get(start.name)
      ?.has(by.name) === true;
  if (from === undefined || to === undefined || !reaches(from) || !reaches(to)) {
    throw new Error(
      `${REQUESTS.from} and ${REQUESTS.to} no longer share ${REQUESTS.by}: how do requests reach the services?`,
    );
  }
  return [`  visitors(["Visitors"]) ==> ${from.name}`, `  ${from.name} ==>|"TLS + secret header"| ${to.name}`];
}

const fenced = (direction: string, body: readonly string[]): string =>
  ["```mermaid", `flowchart ${direction}`, ...body, "```"].join("\n");

/** One box that names components to or from which no arrow is drawn. */
const list = (id: string, title: string, components: readonly Component[]): string =>
  `  ${id}["<b>${title}</b><br/>${components.map(titleOf).join("<br/>")}"]:::list`;

/** The drawing of all components by area. Arrows go from what refers to what is referred to. */
export function fullDrawing(components: readonly Component[]): string {
  const shared = [...REFERRED_BY_MOST].map((className) => find(components, className));
  const others = components.filter((component) => !shared.includes(component));
  const arrows = arrowLines(components, others, []);
  const ends = new Set(arrows.flatMap((line) => line.trim().split(" --> ")));
  const drawn = others.filter(({ name }) => ends.has(name));
  const boxes = areasOf(drawn).flatMap(({ area, title, members }) => [
    `  subgraph ${area}-area["${title}"]`,
    ...members.map((member) => `    ${node(member)}`),
    "  end",
  ]);
  return fenced("LR", [
    ...requests(components),
    ...boxes,
    ...arrows,
    list("shared", "Used by most", shared),
    list(
      "alone",
      "Use only those",
      others.filter((component) => !drawn.includes(component)),
    ),
    "  shared ~~~ alone",
    "  classDef list text-align:left,stroke-dasharray:4 4",
  ]);
}

/** The small drawing for the README. */
export function picture(components: readonly Component[]): string {
  const chosen = PICTURED.map((className) => find(components, className));
  const passed = components.filter(
    (component) => !chosen.includes(component) && !REFERRED_BY_MOST.has(component.className),
  );
  return fenced("TB", [
    ...requests(components),
    ...chosen.map((component) => `  ${node(component)}`),
    ...arrowLines(components, chosen, passed),
  ]);
}
