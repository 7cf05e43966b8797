import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Unwrap } from "@pulumi/pulumi";

import { show } from "../../core/finding.ts";
import type { BalancerAnnotations, IngressProps } from "./ingress.ts";
import { ATTRIBUTES, annotationKey, balancerAnnotations, INGRESSES, isIngress } from "./ingress.ts";
import type { Report, RuleSpec } from "./rule.ts";
import { resourceRule } from "./rule.ts";

/** How a rule reports what is wrong with an Ingress; a value that is undefined is shown as "nothing". */
export interface IngressReport {
  /** An annotation, by its name without the common beginning. */
  readonly annotation: (name: string, value: string | undefined, required: string) => void;
  /** One of the balancer's attributes, which share an annotation. */
  readonly attribute: (key: string, value: string | undefined, required: string) => void;
}

export interface BalancerRuleSpec<TArgs> extends RuleSpec {
  /** Type tokens of load balancing that are judged; Ingresses are judged besides. */
  readonly types: readonly [string, ...string[]];
  /** Judges the inputs of a resource of these types. */
  readonly check: (props: Unwrap<TArgs & IngressProps>, report: Report, type: string) => void;
  /** Judges an Ingress, or a patch of one, by what it says to the controller that makes its balancer. */
  readonly ingress: (annotations: BalancerAnnotations, report: IngressReport) => void;
}

function reportOn(report: Report): IngressReport {
  const annotation = (name: string, found: string, required: string) => {
    report({ property: annotationKey(name), found, required });
  };
  return {
    annotation: (name, value, required) => {
      annotation(name, show(value), required);
    },
    attribute: (key, value, required) => {
      annotation(ATTRIBUTES, `${key} ${show(value)}`, required);
    },
  };
}

/** A rule about balancers, whether the program makes them or a controller does for an Ingress. */
export function balancerRule<TArgs>({
  types,
  check,
  ingress,
  ...spec
}: BalancerRuleSpec<TArgs>): ResourceValidationPolicy {
  return resourceRule<TArgs & IngressProps>({
    ...spec,
    types: [...types, ...INGRESSES],
    check(props, report, { type }) {
      if (!isIngress(type)) {
        check(props, report, type);
        return;
      }
      const annotations = balancerAnnotations(props, type);
      if (annotations !== undefined) ingress(annotations, reportOn(report));
    },
  });
}
