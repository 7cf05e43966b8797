import type { FactTable } from "./facts.ts";
import data from "./waf.json" with { type: "json" };

/** What rules of AWS WAF take of a web ACL's capacity (WCU), and what there is. */
export const WAF_CAPACITY: FactTable & {
  /** Managed groups of AWS. */
  readonly groups: Readonly<Record<string, number>>;
  readonly statements: {
    /** A text as a whole, at the beginning or at the end. */
    readonly byteMatchFixed: number;
    readonly regexMatch: number;
    readonly sizeConstraint: number;
    readonly labelMatch: number;
    /** Beside what its scope takes. */
    readonly rateBased: number;
    /** For each value of a request by which it counts, instead of by address. */
    readonly rateBasedCustomKey: number;
    /** For each transformation of a statement; NONE is counted too, to be on the safe side. */
    readonly textTransformation: number;
  };
  readonly limits: { readonly webAcl: number; readonly withoutExtraPrice: number };
  /** Bytes beyond which AWS' common rule set answers 403. */
  readonly commonRuleSetBytes: {
    readonly uriPath: number;
    readonly queryString: number;
    readonly cookies: number;
    readonly body: number;
  };
} = data;
