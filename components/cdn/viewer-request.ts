import type { CdnSettings } from "../../config/blocks/cdn/cdn.ts";
import type { FrontendSettings } from "../../config/blocks/services/service.ts";
import { releasePath } from "../../core/names.ts";
import { CDN } from "../../standards/cdn.ts";

/** The declaration in the source which stands for the settings. */
const DECLARATION = "const SETTINGS = { maintenance: null, frontends: [] };";

/** What the function must know of a front end. */
export type Frontend = Pick<FrontendSettings, "name" | "path" | "release" | "routing">;

export interface ViewerRequestSettings extends Pick<CdnSettings, "maintenance"> {
  readonly frontends: readonly Frontend[];
}

/**
 * The source of the CloudFront Function with its settings: which release of which front end answers a path, and whether
 * the maintenance notice answers instead. Fails when the source has no place for them or grew beyond CloudFront's limit.
 */
export function renderViewerRequest(source: string, { frontends, maintenance }: ViewerRequestSettings): string {
  const settings = {
    maintenance: maintenance.enabled ? { retryAfterSeconds: maintenance.retryAfterSeconds } : null,
    frontends: frontends
      .toSorted((a, b) => b.path.length - a.path.length || (a.path < b.path ? -1 : 1))
      .map((frontend) => ({
        path: frontend.path,
        prefix: `/${releasePath(frontend.name, frontend.release)}`,
        routing: frontend.routing,
      })),
  };
  const parts = source.split(DECLARATION);
  const [before, after] = parts;
  if (parts.length !== 2 || before === undefined || after === undefined)
    throw new Error("the function's source has no single place for its settings");
  const code = `${before}const SETTINGS = ${JSON.stringify(settings)};${after}`;
  const bytes = Buffer.byteLength(code);
  if (bytes > CDN.awsMaxFunctionBytes)
    throw new Error(
      `the function has ${bytes} bytes, CloudFront takes ${CDN.awsMaxFunctionBytes}: mount fewer front ends`,
    );
  return code;
}
