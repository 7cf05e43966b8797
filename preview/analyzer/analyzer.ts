import type * as grpc from "@grpc/grpc-js";
import analyzerServices from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type { AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import { messageOf } from "../../cli/errors.ts";
import type { Resource } from "../engine/model.ts";
import { propertiesOf } from "../engine/struct.ts";
import type { Properties } from "../engine/wire.ts";
import { PreviewProblem } from "../problem.ts";
import type { RuleInfo } from "./configuration.ts";
import { reconcile } from "./configuration.ts";
import type { FindProvider } from "./messages.ts";
import {
  analyzeRequest,
  analyzeStackRequest,
  configureRequest,
  initialConfigurationOf,
  readDiagnostics,
  rulesOf,
} from "./messages.ts";
import type { PackContext, RunningPack } from "./pack.ts";
import { startPack } from "./pack.ts";
import type { Verdict } from "./verdict.ts";
import { verdictsOf } from "./verdict.ts";

const service = analyzerServices.AnalyzerService;

/** What the pack changed in a resource before it was judged. */
export interface RemediationNote {
  readonly rule: string;
  readonly urn: string;
}

/** What a call needs to know of a method when its message is serialised already. */
type Method<Answer> = Pick<grpc.MethodDefinition<never, Answer>, "path" | "responseDeserialize">;

/** Judging a resource; of the answer only the diagnostics are read. */
const ANALYZE: Method<AnalyzeDiagnostic[]> = { path: service.analyze.path, responseDeserialize: readDiagnostics };

/** Calls a method of the pack with a message that is serialised already; the pack's defects are problems of the pack. */
async function send<Answer>(client: grpc.Client, method: Method<Answer>, bytes: Buffer): Promise<Answer> {
  try {
    return await new Promise<Answer>((resolve, reject) => {
      client.makeUnaryRequest(
        method.path,
        (message: Buffer) => message,
        method.responseDeserialize,
        bytes,
        (error, answer) => {
          if (error !== null) reject(error);
          else if (answer === undefined) reject(new Error(`${method.path} answered nothing`));
          else resolve(answer);
        },
      );
    });
  } catch (error) {
    throw new PreviewProblem("pack-failed", `The policy pack failed: ${messageOf(error)}`);
  }
}

const ask = <Request, Answer>(client: grpc.Client, method: grpc.MethodDefinition<Request, Answer>, request: Request) =>
  send(client, method, method.requestSerialize(request));

/** A configured pack. Ask it about each resource, then once about the stack. */
export class Analyzer {
  readonly #pack: RunningPack;
  /** Rules with the level to which they are configured. */
  readonly rules: readonly RuleInfo[];
  readonly #remediations: RemediationNote[] = [];
  /** Remediations that needed a value which is not known. */
  readonly #undecided: Verdict[] = [];
  /** Messages by URN between remediation and judgement. */
  readonly #asked = new Map<string, Buffer>();

  constructor(pack: RunningPack, rules: readonly RuleInfo[]) {
    this.#pack = pack;
    this.rules = rules;
  }

  /** The pack's process. */
  get pid(): number | undefined {
    return this.#pack.child.process.pid;
  }

  /** What the pack changed so far. */
  get remediations(): readonly RemediationNote[] {
    return this.#remediations;
  }

  /** The inputs that the pack puts in place of the program's; undefined when it changes nothing. */
  async remediate(resource: Resource, find: FindProvider): Promise<Properties | undefined> {
    const bytes = service.analyze.requestSerialize(analyzeRequest(resource, find));
    const answer = await send(this.#pack.client, service.remediate, bytes);
    let inputs: Properties | undefined;
    for (const remediation of answer.getRemediationsList()) {
      if (remediation.getDiagnostic() !== "") {
        const diagnostic = new analyzer.AnalyzeDiagnostic()
          .setPolicyname(remediation.getPolicyname())
          .setMessage(remediation.getDiagnostic());
        this.#undecided.push(...verdictsOf(diagnostic, resource.urn, this.#rule(remediation.getPolicyname())));
        continue;
      }
      this.#remediations.push({ rule: remediation.getPolicyname(), urn: resource.urn });
      inputs = propertiesOf(remediation.getProperties());
    }
    // The judgement asks with the same message, unless there are other inputs now.
    if (inputs === undefined) this.#asked.set(resource.urn, bytes);
    return inputs;
  }

  async analyze(resource: Resource, find: FindProvider): Promise<Verdict[]> {
    const bytes = this.#asked.get(resource.urn) ?? service.analyze.requestSerialize(analyzeRequest(resource, find));
    this.#asked.delete(resource.urn);
    const diagnostics = await send(this.#pack.client, ANALYZE, bytes);
    return diagnostics.flatMap((diagnostic) =>
      verdictsOf(diagnostic, resource.urn, this.#rule(diagnostic.getPolicyname())),
    );
  }

  /** The judgement of the whole stack, with what could not be remediated before. */
  async analyzeStack(resources: readonly Resource[], find: FindProvider): Promise<Verdict[]> {
    const answer = await ask(this.#pack.client, service.analyzeStack, analyzeStackRequest(resources, find));
    const verdicts = answer
      .getDiagnosticsList()
      .flatMap((diagnostic) => verdictsOf(diagnostic, undefined, this.#rule(diagnostic.getPolicyname())));
    return [...this.#undecided, ...verdicts];
  }

  stop(): void {
    this.#pack.stop();
  }

  #rule(name: string): RuleInfo | undefined {
    return this.rules.find((rule) => rule.name === name);
  }
}

/** Starts a pack and tells it what the engine would: the stack, and the configuration of every rule. */
export async function startAnalyzer(folder: string, context: PackContext): Promise<Analyzer> {
  const pack = await startPack(folder, context);
  try {
    const { client } = pack;
    const stack = new analyzer.AnalyzerStackConfigureRequest()
      .setStack(context.environment)
      .setProject(context.project)
      .setOrganization("organization")
      .setDryRun(context.unknowns)
      .setConfigSecretKeysList([...context.configuration.secretKeys]);
    for (const [key, value] of Object.entries(context.configuration.values)) stack.getConfigMap().set(key, value);
    await ask(client, service.configureStack, stack);
    const info = await ask(client, service.getAnalyzerInfo, new empty.Empty());
    const known = rulesOf(info);
    const reconciled = reconcile(known, initialConfigurationOf(info));
    await ask(client, service.configure, configureRequest(reconciled));
    return new Analyzer(
      pack,
      known.map((rule) => ({ ...rule, level: reconciled.get(rule.name)?.level ?? rule.level })),
    );
  } catch (error) {
    pack.stop();
    throw error;
  }
}
