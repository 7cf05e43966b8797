import type { CreateAnswer } from "../cloud/fake-cloud.ts";
import {
  ANSWERED_INVOKES,
  answerCheck,
  answerCreate,
  answerInvoke,
  answerPreview,
  knowsType,
  PACKAGES,
  providerSettings,
} from "../cloud/fake-cloud.ts";
import { PreviewProblem } from "../problem.ts";
import type { Registration, Resource } from "./model.ts";
import { makeUrn, STACK_TYPE } from "./urn.ts";
import type { Properties } from "./wire.ts";
import { makeSecret, UNKNOWN } from "./wire.ts";

/** Who judges resources while they are registered. */
export interface Judge {
  /** Inputs which the policies put in place of the program's; undefined when they change nothing. */
  readonly remediate: (resource: Resource) => Promise<Properties | undefined>;
  /** Takes a resource for judgement; the verdict comes later. */
  readonly analyze: (resource: Resource) => void;
}

export interface DeploymentOptions {
  readonly project: string;
  readonly stack: string;
  /** Leave computed values unknown, as a first preview does, instead of answering them. */
  readonly unknowns: boolean;
  /** Region of resources without a provider of their own; undefined when the configuration names none. */
  readonly region?: string | undefined;
  readonly judge: Judge;
}

const from = (source: string | undefined) => (source === undefined ? "" : ` (${source})`);

/** The state of one run: answers what the program registers and remembers it. */
export class Deployment {
  readonly #options: DeploymentOptions;
  readonly #resources = new Map<string, Resource>();
  /** URNs in use, with the place that registered them; also while their answer is still being made. */
  readonly #places = new Map<string, string | undefined>();
  #finished = false;

  constructor(options: DeploymentOptions) {
    this.#options = options;
  }

  /** Everything registered so far, in order of registration. */
  get resources(): readonly Resource[] {
    return [...this.#resources.values()];
  }

  /** How many are registered so far. */
  get size(): number {
    return this.#resources.size;
  }

  /** Whether the program reached its end: it registered the outputs of the stack. */
  get finished(): boolean {
    return this.#finished;
  }

  async register(asked: Registration): Promise<Resource> {
    const registration = this.#inherit(asked);
    const urn = this.#claim(registration);
    const checked = this.#check(registration, urn);
    const proposed: Resource = { ...registration, urn, checked, id: "", outputs: {}, read: false };
    const remedied = await this.#options.judge.remediate(proposed);
    const accepted = remedied === undefined ? proposed : { ...proposed, inputs: remedied, checked: remedied };
    const { id, outputs } = this.#answer(accepted);
    const resource: Resource = { ...accepted, id, outputs };
    this.#resources.set(urn, resource);
    this.#options.judge.analyze(resource);
    return resource;
  }

  /** A look-up: the object exists, with the id that the program gave. */
  read(registration: Registration): Resource {
    if (registration.type === "pulumi:pulumi:StackReference") {
      throw new PreviewProblem(
        "unsupported",
        `The program reads the stack "${registration.name}"${from(registration.source)}. The preview knows no other stacks.`,
      );
    }
    const urn = this.#claim(registration);
    const asked: Resource = { ...registration, urn, checked: registration.inputs, id: "", outputs: {}, read: true };
    const { outputs } = this.#answer(asked);
    const resource: Resource = { ...asked, id: registration.importId ?? "", outputs };
    this.#resources.set(urn, resource);
    return resource;
  }

  /** What a component, or the stack, declares as its outputs. */
  registerOutputs(urn: string, outputs: Properties): void {
    const resource = this.#resources.get(urn);
    if (resource === undefined)
      throw new PreviewProblem(
        "program-failed",
        `The program registered outputs of ${urn}, which it never registered.`,
      );
    this.#resources.set(urn, { ...resource, outputs });
    if (resource.type === STACK_TYPE) this.#finished = true;
  }

  /** The answer to a function call. */
  invoke(token: string, args: Properties, source: string | undefined): Properties {
    if (token === "pulumi:pulumi:getResource") return this.#getResource(String(args["urn"]));
    const answer = answerInvoke(token, args);
    if (answer !== undefined) return answer;
    throw new PreviewProblem(
      "unsupported",
      `The program calls the function ${token}${from(source)}, for which the preview has no answer: a guess would make it lie.\n` +
        `It can answer ${ANSWERED_INVOKES.join(", ")}.\n` +
        "Take the value from the configuration, or add an answer to INVOKES in preview/cloud/fake-cloud.ts.",
    );
  }

  #getResource(urn: string): Properties {
    const resource = this.#resources.get(urn);
    if (resource === undefined)
      throw new PreviewProblem("program-failed", `The program refers to ${urn}, which it has not registered.`);
    return { urn, id: resource.id, state: resource.outputs };
  }

  /** Makes the URN and takes it; the same one twice would be one resource for the engine. */
  #claim({ parent, type, name, source }: Registration): string {
    const { project, stack } = this.#options;
    const urn = makeUrn({ stack, project, parent, type, name });
    if (this.#places.has(urn)) {
      throw new PreviewProblem(
        "program-failed",
        `Two resources have the same URN, ${urn}.\n` +
          [this.#places.get(urn), source]
            .flatMap((place) => (place === undefined ? [] : [`  registered in ${place}\n`]))
            .join("") +
          "A URN holds the types of all parents, but of names only the resource's own: prefix the name with its component's.",
      );
    }
    this.#places.set(urn, source);
    return urn;
  }

  /** Options that the engine takes over from the parent. */
  #inherit(registration: Registration): Registration {
    const parent = registration.parent === undefined ? undefined : this.#resources.get(registration.parent);
    if (parent === undefined) return registration;
    return {
      ...registration,
      protect: registration.protect ?? parent.protect,
      retainOnDelete: registration.retainOnDelete ?? parent.retainOnDelete,
      deletedWith: registration.deletedWith ?? parent.deletedWith,
    };
  }

  /** The inputs as the provider's Check hands them back; components and providers have none. */
  #check({ type, name, inputs, custom, provider }: Registration, urn: string): Properties {
    if (!custom || type.startsWith("pulumi:")) return inputs;
    // Before there is a cluster the engine cannot ask its provider.
    if (this.#options.unknowns && type.startsWith("kubernetes:")) return inputs;
    // `urn::id` names a provider.
    const explicit =
      provider === undefined ? undefined : this.#resources.get(provider.slice(0, provider.lastIndexOf("::")));
    return answerCheck(
      { type, name, urn, inputs },
      providerSettings(explicit?.inputs ?? { region: this.#options.region }),
    );
  }

  #answer(resource: Resource): CreateAnswer {
    if (!resource.custom) return { id: "", outputs: {} };
    if (!knowsType(resource.type)) {
      throw new PreviewProblem(
        "unsupported",
        `The program registers ${resource.name} of type ${resource.type}${from(resource.source)}. ` +
          `The fake cloud knows the packages ${PACKAGES.join(", ")}; teach it this one in preview/cloud/fake-cloud.ts.`,
      );
    }
    const request = { ...resource, inputs: resource.checked };
    const { id, outputs } = this.#options.unknowns ? answerPreview(request) : answerCreate(request);
    for (const key of resource.additionalSecretOutputs) {
      if (key in outputs) outputs[key] = makeSecret(outputs[key]);
      else if (this.#options.unknowns) outputs[key] = makeSecret(UNKNOWN);
    }
    return { id: resource.importId ?? id, outputs };
  }
}
