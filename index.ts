import * as aws from "@pulumi/aws/index.js";

import { loadConfig } from "./config/load.ts";

// Who we are: one account, one region, one stack file.
const config = loadConfig();
const { environment } = config;
const cloud = new aws.Provider("aws", {
  region: "eu-west-1",
  allowedAccountIds: [environment.accountId],
});

export const accountId = cloud.region;
