import * as sdk from "@pulumi/policy";

/**
 * The two things of the policy SDK whose types its release lost (index.d.ts re-exports them from an empty file).
 * Everything else of the SDK is imported from `@pulumi/policy` directly.
 */
interface UnknownSupport {
  /** Wraps properties so that reading an unknown value throws {@link UnknownValueError}, as the engine's server does. */
  readonly unknownCheckingProxy: <T extends object>(props: T) => T;
  /** Thrown on reading a value that is not known before the deployment. */
  readonly UnknownValueError: new (
    sentinel: string,
    path: readonly string[],
  ) => Error;
}

const support: UnknownSupport = sdk;

export const { unknownCheckingProxy, UnknownValueError } = support;

/** What the engine sends in place of a string that is not known yet. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What the engine sends in place of values of each kind: boolean, number, string, array, asset, archive, object. */
export const UNKNOWN_SENTINELS: readonly string[] = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  UNKNOWN_STRING,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];
