import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ApiSettings } from "../../config/blocks/services/service.ts";
import { LATENCY_CLASSES, ROLLBACK_ERROR_PERCENT, SERVICES } from "../../standards/services.ts";
import { serviceLabels } from "./labels.ts";

export function analysisTemplateName(serviceName: string): string {
  return `${serviceName}-health`;
}

const REQUESTS = 'http_server_request_duration_seconds_count{service="{{args.service}}"}';
const FAILED =
  'http_server_request_duration_seconds_count{service="{{args.service}}",http_response_status_code=~"5.."}';
const BUCKETS = 'http_server_request_duration_seconds_bucket{service="{{args.service}}"}';

const MEASUREMENTS = SERVICES.analysisSeconds / SERVICES.analysisIntervalSeconds;

/**
 * Asked again and again during a roll-out. A query without traffic has no answer and proves nothing: such a measurement
 * is inconclusive, not good.
 */
const measure = (address: string, name: string, query: string, successCondition: string, failureCondition: string) => ({
  name,
  interval: `${SERVICES.analysisIntervalSeconds}s`,
  count: MEASUREMENTS,
  failureLimit: 1,
  inconclusiveLimit: MEASUREMENTS,
  consecutiveErrorLimit: 4,
  successCondition,
  failureCondition,
  provider: { prometheus: { address, query } },
});

/** What makes a roll-out go back: failed requests, slow answers, pods that are not ready. DEPL-05, ROLL-07 */
export function createAnalysis(
  name: string,
  service: ApiSettings,
  prometheus: string,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const { p95Milliseconds, alertFactor } = LATENCY_CLASSES[service.objectives.latencyClass];
  const maxSeconds = (p95Milliseconds * alertFactor) / 1000;
  const maxErrorRatio = ROLLBACK_ERROR_PERCENT / 100;
  return new CustomResource(
    name,
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AnalysisTemplate",
      metadata: {
        name: analysisTemplateName(service.name),
        namespace: service.namespace,
        labels: serviceLabels(service),
      },
      spec: {
        args: [{ name: "service" }],
        metrics: [
          measure(
            prometheus,
            "error-ratio",
            `sum(rate(${FAILED}[1m])) / sum(rate(${REQUESTS}[1m])) or (sum(rate(${REQUESTS}[1m])) * 0)`,
            `len(result) > 0 && result[0] < ${maxErrorRatio}`,
            `len(result) > 0 && result[0] >= ${maxErrorRatio}`,
          ),
          measure(
            prometheus,
            "latency-p95",
            `histogram_quantile(0.95, sum by (le) (rate(${BUCKETS}[1m])))`,
            `len(result) > 0 && !isNaN(result[0]) && result[0] <= ${maxSeconds}`,
            `len(result) > 0 && !isNaN(result[0]) && result[0] > ${maxSeconds}`,
          ),
          measure(
            prometheus,
            "ready-pods",
            `min(kube_pod_status_ready{namespace="${service.namespace}",pod=~"${service.name}-.*",condition="true"} or vector(1))`,
            "len(result) > 0 && result[0] == 1",
            "len(result) > 0 && result[0] == 0",
          ),
        ],
      },
    },
    opts,
  );
}
