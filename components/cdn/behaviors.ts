import type { DistributionArgs } from "@pulumi/aws/cloudfront/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { CdnSettings } from "../../config/blocks/cdn/cdn.ts";
import { CDN } from "../../standards/cdn.ts";

/** Names of the origins inside the distribution. */
export const ORIGINS = { bucket: "bucket", api: "api" } as const;

/** What the behaviours refer to. */
export interface BehaviorParts {
  readonly pagesHeadersId: pulumi.Input<string>;
  readonly apiHeadersId: pulumi.Input<string>;
  readonly documentsCacheId: pulumi.Input<string>;
  readonly assetsCacheId: pulumi.Input<string>;
  readonly functionArn: pulumi.Input<string>;
}

const READ = ["GET", "HEAD", "OPTIONS"];
const ALL = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

/**
 * Which requests go where: everything is a page, routed by the function, unless it lies below the paths of the API, which
 * goes to the balancer uncached, or of assets, which are kept for a year.
 */
export function behaviors(
  { apiPaths, assetPaths }: Pick<CdnSettings, "apiPaths" | "assetPaths">,
  parts: BehaviorParts,
): Pick<DistributionArgs, "defaultCacheBehavior" | "orderedCacheBehaviors"> {
  const files = {
    targetOriginId: ORIGINS.bucket,
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: READ,
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    responseHeadersPolicyId: parts.pagesHeadersId,
  };
  const api = {
    targetOriginId: ORIGINS.api,
    // A redirect would come too late: the first request has already carried its token in the clear.
    viewerProtocolPolicy: "https-only",
    allowedMethods: ALL,
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    cachePolicyId: CDN.awsCachingDisabledPolicyId,
    originRequestPolicyId: CDN.awsAllViewerExceptHostPolicyId,
    responseHeadersPolicyId: parts.apiHeadersId,
  };
  return {
    defaultCacheBehavior: {
      ...files,
      cachePolicyId: parts.documentsCacheId,
      functionAssociations: [{ eventType: "viewer-request", functionArn: parts.functionArn }],
    },
    orderedCacheBehaviors: [
      ...apiPaths.map((pathPattern) => ({ ...api, pathPattern })),
      ...assetPaths.map((pathPattern) => ({ ...files, cachePolicyId: parts.assetsCacheId, pathPattern })),
    ],
  };
}
