import * as sdk from "@pulumi/policy";

/**
 * The two things of the policy SDK whose types its release lost (index.d.ts re-exports them from an empty file).
 * Everything else of the SDK is imported from `@pulumi/policy` directly.
 */
interface UnknownSupport {
  /** Wraps properties so that reading an unknown value throws {@link UnknownValueError}, as the engine's server does. */
  readonly unknownCheckingProxy: <T extends object>(props: T) => T;
  /** Thrown on reading a value that is not known before the deployment. */
  readonly UnknownValueError: new (sentinel: string, path: readonly string[]) => Error;
}

const support: UnknownSupport = sdk;

export const { unknownCheckingProxy, UnknownValueError } = support;

/** What the engine sends in place of a string that is not known yet. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
