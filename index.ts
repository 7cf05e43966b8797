import { Provider } from "@pulumi/aws/provider.js";

import { KEY_PURPOSES, Keys } from "./components/keys.ts";
import { requirePolicyPack } from "./components/policy-guard.ts";
import { environmentTags } from "./components/tags.ts";
import { loadConfig, policyBypassReason } from "./config/load.ts";

// Who we are: one account, one region, one stack file. Other regions go by the resources' own `region` argument.
const config = loadConfig();
const { environment } = config;
await requirePolicyPack({ config, bypassReason: policyBypassReason() });
const cloud = new Provider("aws", {
  region: environment.region,
  allowedAccountIds: [environment.accountId],
  defaultTags: { tags: environmentTags(environment) },
});
const opts = { providers: { aws: cloud } };

// Encryption comes first: everything that stores something is given the key of its purpose.
const keys = new Keys("keys", { environment, settings: config.keys, purposes: KEY_PURPOSES }, opts);
