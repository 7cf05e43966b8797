/** Tokens of a resource of load balancing: the module has two names for the same. */
function tokens(kind: string, type: string): readonly [string, string] {
  return [`aws:lb/${kind}:${type}`, `aws:alb/${kind}:${type}`];
}

export const LOAD_BALANCERS = tokens("loadBalancer", "LoadBalancer");
export const LISTENERS = tokens("listener", "Listener");
export const TARGET_GROUPS = tokens("targetGroup", "TargetGroup");

/** Whether a balancer understands HTTP; absent means that it does. */
export function isApplication(balancer: { readonly loadBalancerType?: string | undefined }): boolean {
  return (balancer.loadBalancerType ?? "application") === "application";
}
