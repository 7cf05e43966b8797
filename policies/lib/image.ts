/** The parts of an image reference. */
export interface ImageReference {
  /** `host[:port]`; Docker's own registry when the reference names none. */
  readonly host: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const DEFAULT_HOST = "docker.io";

/**
 * Takes an image reference apart as container runtimes do: the first part is a host only if it has a dot or a port or is
 * localhost; a colon after the last slash begins the tag.
 */
export function parseImage(reference: string): ImageReference {
  const [withoutDigest = "", digest] = reference.split("@");
  const slash = withoutDigest.lastIndexOf("/");
  const colon = withoutDigest.indexOf(":", slash + 1);
  const path = colon === -1 ? withoutDigest : withoutDigest.slice(0, colon);
  const tag = colon === -1 ? undefined : withoutDigest.slice(colon + 1);
  const [first = "", ...rest] = path.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return { host: hasHost ? first : DEFAULT_HOST, repository: hasHost ? rest.join("/") : path, tag, digest };
}

/** Whether `host/repository` lies below an allowed prefix; `*` stands for one label of the host or one segment. */
export function isFrom({ host, repository }: ImageReference, prefix: string): boolean {
  const [allowedHost = "", ...segments] = prefix.split("/");
  const parts = repository.split("/");
  const matches = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^./]+")}$`).test(text);
  return matches(allowedHost, host) && segments.every((segment, index) => matches(segment, parts[index] ?? ""));
}
