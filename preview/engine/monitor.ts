import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type {
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import { PreviewProblem } from "../problem.ts";
import type { Project } from "../project.ts";
import type { Deployment } from "./deployment.ts";
import { readOf, registrationOf, sourceOf } from "./requests.ts";
import type { Handle } from "./server.ts";
import { propertiesOf, structOf } from "./struct.ts";
import { unwrapped } from "./wire.ts";

const { ResourceMonitorFeature: Feature } = resource;

/**
 * What the preview can honour. The engine of the same release also runs transforms, which change resources behind the
 * program's back, and state migrations; programs that ask for them are told by the SDK, or refused below.
 */
const FEATURES = [
  Feature.RESOURCE_MONITOR_FEATURE_SECRETS,
  Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  Feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
  Feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  Feature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
  Feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  Feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
  Feature.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
  Feature.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
  Feature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
  Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
  Feature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
  Feature.RESOURCE_MONITOR_FEATURE_INVOKE_DEPENDS_ON,
  Feature.RESOURCE_MONITOR_FEATURE_INVOKE_PARENT,
];

/** The same by the names of the older question. */
const FEATURE_NAMES = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "replacementTrigger",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
]);

const NO_TRANSFORMS =
  "The program registers a transform, which would change resources behind its back; the preview runs none.";

export interface MonitorOptions {
  readonly deployment: Deployment;
  readonly project: Project;
  readonly stack: string;
  readonly unknowns: boolean;
  /** Called after each registration. */
  readonly onRegistered: () => void;
  /** Wraps a handler; errors it throws end the run. */
  readonly handle: Handle;
}

async function registerResource(
  deployment: Deployment,
  root: string,
  request: RegisterResourceRequest,
): Promise<RegisterResourceResponse> {
  const registration = registrationOf(request, root);
  if (request.getRemote()) {
    throw new PreviewProblem(
      "unsupported",
      `${registration.name} is a component of type ${registration.type} that a provider plugin builds` +
        `${registration.source === undefined ? "" : ` (${registration.source})`}. The preview runs no plugins and cannot see what it is made of.`,
    );
  }
  if (request.getTransformsList().length > 0) throw new PreviewProblem("unsupported", NO_TRANSFORMS);
  const { urn, id, custom, outputs } = await deployment.register(registration);
  const answer = new resource.RegisterResourceResponse().setUrn(urn).setId(id);
  // As in the engine: a local component knows its own properties.
  return answer.setObject(structOf(custom ? outputs : {}));
}

function invoke(deployment: Deployment, root: string, request: ResourceInvokeRequest) {
  const args = Object.fromEntries(
    Object.entries(propertiesOf(request.getArgs())).map(([key, value]) => [key, unwrapped(value)]),
  );
  const result = deployment.invoke(request.getTok(), args, sourceOf(request, root));
  return new resource.ResourceInvokeResponse().setReturn(structOf(result));
}

/** The service that programs register their resources with. */
export function resourceMonitor({
  deployment,
  project,
  stack,
  unknowns,
  onRegistered,
  handle,
}: MonitorOptions): IResourceMonitorServer {
  const refuse = (message: string) =>
    handle(() => {
      throw new PreviewProblem("unsupported", message);
    });
  const { root } = project;
  const accept = handle(() => new empty.Empty());
  return {
    getDeploymentInfo: handle(() =>
      new resource.DeploymentInfo()
        .setProject(project.name)
        .setStack(stack)
        .setOrganization("organization")
        .setDryrun(unknowns)
        .setSupportedfeaturesList(FEATURES),
    ),
    supportsFeature: handle((request) =>
      new resource.SupportsFeatureResponse().setHassupport(FEATURE_NAMES.has(request.getId())),
    ),
    registerResource: handle(async (request) => {
      const answer = await registerResource(deployment, root, request);
      onRegistered();
      return answer;
    }),
    registerResourceOutputs: handle((request) => {
      deployment.registerOutputs(request.getUrn(), propertiesOf(request.getOutputs()));
      return new empty.Empty();
    }),
    readResource: handle((request) => {
      const { urn, outputs } = deployment.read(readOf(request, root));
      return new resource.ReadResourceResponse().setUrn(urn).setProperties(structOf(outputs));
    }),
    invoke: handle((request) => invoke(deployment, root, request)),
    registerPackage: handle((request) =>
      new resource.RegisterPackageResponse().setRef(`${request.getName()}@${request.getVersion()}`),
    ),
    // Hooks run around the operations of a deployment; a preview performs none.
    registerResourceHook: accept,
    registerErrorHook: accept,
    // The real engine answers when all deletions are done; here nothing is left to do.
    signalAndWaitForShutdown: accept,
    registerStackTransform: refuse(NO_TRANSFORMS),
    registerStackInvokeTransform: refuse(NO_TRANSFORMS),
    call: refuse(
      "The program calls a method of a resource that a provider plugin answers; the preview runs no plugins.",
    ),
    existsResource: refuse("The program asks whether a resource exists in the cloud; the preview has none."),
  };
}
