import type { Environment } from "../../config/blocks/environment.ts";

/** The environment in which components are tested. */
export const ENVIRONMENT: Environment = {
  prefix: "preflight",
  name: "staging",
  profile: "standard",
  phase: "services",
  owner: "platform@example.com",
  costCenter: "platform-staging",
  protectStatefulResources: true,
  retainStatefulResources: true,
  region: "eu-west-1",
  accountId: "111122223333",
};
