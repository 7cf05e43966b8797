/** Why there is no answer. */
export type Obstacle = "denied" | "throttled" | "late" | "unreachable" | "refused";

/** A question that could not be answered. */
export interface Refusal {
  readonly kind: Obstacle;
  /** The IAM action that was asked for. */
  readonly action: string;
  /** What the right to it would be for, as ARNs. */
  readonly resources: readonly string[];
  readonly region: string;
  /** AWS' own code, or the system's. */
  readonly code: string;
  /** What AWS said, in one line. */
  readonly message: string;
}

/** What became of a question: an answer, "there is none", or a refusal. */
export type Outcome<T> =
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "absent"; readonly code: string }
  | Refusal;

/** Whether a question could not be answered. */
export function isRefusal(outcome: Outcome<unknown>): outcome is Refusal {
  return outcome.kind !== "answer" && outcome.kind !== "absent";
}

/** The answer; undefined when there is none, or nobody could ask. */
export function valueOf<T>(outcome: Outcome<T>): T | undefined {
  return outcome.kind === "answer" ? outcome.value : undefined;
}

/** The first of several outcomes that is a refusal. */
export function refusalOf(...outcomes: readonly Outcome<unknown>[]): Refusal | undefined {
  return outcomes.find(isRefusal);
}

/** A message without line breaks, and without what the SDK adds for its own readers. */
const oneLine = (message: string) =>
  message
    .split(/\s+Deserialization error:/)[0]
    ?.replaceAll(/\s+/g, " ")
    .trim() ?? "";

/** What was thrown, as AWS and the system name it. */
function codesOf(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "unknown", message: String(error) };
  const system = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const cause = error.cause instanceof Error ? codesOf(error.cause) : undefined;
  return {
    code: system ?? (error.name === "Error" || error.name === "TypeError" ? (cause?.code ?? error.name) : error.name),
    message: oneLine(error.message),
  };
}

/** Codes by what they mean; services have their own names for the same. */
const DENIED = /AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|UnauthorizedException/;
const EXPIRED = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/;
const UNSIGNED =
  /^(CredentialsProviderError|TokenProviderError|InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidAccessKeyId|SignatureDoesNotMatch)$/;
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceededException/;
const UNREACHABLE = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE|ETIMEDOUT)$/;
const LATE = /^(AbortError|TimeoutError)$/;

/** Whether the session is over. */
export const isExpired = (error: unknown): boolean => EXPIRED.test(codesOf(error).code);

/** Whether there are no credentials, or none that AWS knows. */
export const isUnsigned = (error: unknown): boolean => UNSIGNED.test(codesOf(error).code);

/** What a thrown error means for the question that was asked; `absent` are the codes that mean "there is none". */
export function outcomeOf(
  error: unknown,
  { absent, ...asked }: Pick<Refusal, "action" | "resources" | "region"> & { readonly absent: readonly string[] },
): Outcome<never> {
  const { code, message } = codesOf(error);
  if (absent.includes(code)) return { kind: "absent", code };
  const kind: Obstacle = DENIED.test(code)
    ? "denied"
    : THROTTLED.test(code)
      ? "throttled"
      : LATE.test(code)
        ? "late"
        : UNREACHABLE.test(code)
          ? "unreachable"
          : "refused";
  return { kind, ...asked, code, message };
}
