import type { AnalyzeResponse, AnalyzerInfo, RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import type * as grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import type { Resource } from "../engine/model.ts";
import { propertiesOf } from "../engine/struct.ts";
import type { Properties } from "../engine/wire.ts";
import { PreviewProblem, messageOf } from "../problem.ts";
import type { RuleInfo } from "./configuration.ts";
import { parseConfiguration, reconcile } from "./configuration.ts";
import type { FindProvider } from "./messages.ts";
import { analyzeRequest, analyzeStackRequest, configureRequest, initialConfigurationOf, rulesOf } from "./messages.ts";
import type { PackContext, RunningPack } from "./pack.ts";
import { readPackConfiguration, startPack } from "./pack.ts";
import type { Verdict } from "./verdict.ts";
import { verdictsOf } from "./verdict.ts";

/** What the pack changed in a resource before it was judged. */
export interface RemediationNote {
  readonly rule: string;
  readonly urn: string;
}

type Done<Answer> = (error: grpc.ServiceError | null, answer: Answer) => void;

/** Calls a method of the pack; its defects are problems of the pack. */
async function ask<Answer>(call: (done: Done<Answer>) => unknown): Promise<Answer> {
  try {
    return await new Promise<Answer>((resolve, reject) => {
      call((error, answer) => {
        if (error === null) resolve(answer);
        else reject(error);
      });
    });
  } catch (error) {
    throw new PreviewProblem(`The policy pack failed: ${messageOf(error)}`);
  }
}

/** A configured pack. Ask it about each resource, then once about the stack. */
export class Analyzer {
  readonly #pack: RunningPack;
  /** Rules with the level to which they are configured. */
  readonly rules: readonly RuleInfo[];
  readonly #remediations: RemediationNote[] = [];

  constructor(pack: RunningPack, rules: readonly RuleInfo[]) {
    this.#pack = pack;
    this.rules = rules;
  }

  /** What the pack changed so far. */
  get remediations(): readonly RemediationNote[] {
    return this.#remediations;
  }

  /** The inputs that the pack puts in place of the program's; undefined when it changes nothing. */
  async remediate(resource: Resource, find: FindProvider): Promise<Properties | undefined> {
    const { client } = this.#pack;
    const answer = await ask<RemediateResponse>((done) => client.remediate(analyzeRequest(resource, find), done));
    let inputs: Properties | undefined;
    for (const remediation of answer.getRemediationsList()) {
      if (remediation.getDiagnostic() !== "") continue;
      this.#remediations.push({ rule: remediation.getPolicyname(), urn: resource.urn });
      inputs = propertiesOf(remediation.getProperties());
    }
    return inputs;
  }

  async analyze(resource: Resource, find: FindProvider): Promise<Verdict[]> {
    const { client } = this.#pack;
    const answer = await ask<AnalyzeResponse>((done) => client.analyze(analyzeRequest(resource, find), done));
    return answer.getDiagnosticsList().flatMap((diagnostic) => verdictsOf(diagnostic, resource.urn, this.#rule(diagnostic.getPolicyname())));
  }

  async analyzeStack(resources: readonly Resource[], find: FindProvider): Promise<Verdict[]> {
    const { client } = this.#pack;
    const answer = await ask<AnalyzeResponse>((done) => client.analyzeStack(analyzeStackRequest(resources, find), done));
    return answer.getDiagnosticsList().flatMap((diagnostic) => verdictsOf(diagnostic, undefined, this.#rule(diagnostic.getPolicyname())));
  }

  stop(): void {
    this.#pack.stop();
  }

  #rule(name: string): RuleInfo | undefined {
    return this.rules.find((rule) => rule.name === name);
  }
}

/** Starts a pack and tells it what the engine would: the stack, and the configuration of every rule. */
export async function startAnalyzer(folder: string, configurationFile: string, context: PackContext): Promise<Analyzer> {
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
    await ask((done: Done<unknown>) => client.configureStack(stack, done));
    const info = await ask<AnalyzerInfo>((done) => client.getAnalyzerInfo(new empty.Empty(), done));
    const known = rulesOf(info);
    const configured = parseConfiguration(readPackConfiguration(configurationFile), configurationFile, known);
    const reconciled = reconcile(known, initialConfigurationOf(info), configured, configurationFile);
    await ask((done: Done<unknown>) => client.configure(configureRequest(reconciled), done));
    return new Analyzer(pack, known.map((rule) => ({ ...rule, level: reconciled.get(rule.name)?.level ?? rule.level })));
  } catch (error) {
    pack.stop();
    throw error;
  }
}
