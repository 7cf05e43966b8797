import { messageOf } from "../../cli/errors.ts";
import type { Judge } from "../engine/deployment.ts";
import type { Resource } from "../engine/model.ts";
import { PreviewProblem } from "../problem.ts";
import type { Analyzer, RemediationNote } from "./analyzer.ts";
import type { RuleInfo } from "./configuration.ts";
import type { Verdict } from "./verdict.ts";
import { compareVerdicts } from "./verdict.ts";

/** How many judgements wait in the pack at once: it has one thread, and remediations must not queue behind them. */
const IN_FLIGHT = 4;

export interface Judgement {
  readonly rules: readonly RuleInfo[];
  /** Sorted: mandatory before advisory, then by severity, rule, resource. */
  readonly verdicts: readonly Verdict[];
  readonly remediations: readonly RemediationNote[];
}

/** Judges a run while it goes on: remediations in its way, judgements beside it, the stack at its end. */
export class StackJudge implements Judge {
  readonly #analyzer: Promise<Analyzer>;
  readonly #providers = new Map<string, Resource>();
  readonly #verdicts: Verdict[] = [];
  readonly #waiting: Resource[] = [];
  readonly #idle = Promise.withResolvers<undefined>();
  #running = 0;
  #closed = false;

  /** @param analyzer may still be starting: resources wait for it. */
  constructor(analyzer: Promise<Analyzer>) {
    this.#analyzer = analyzer;
    // Whoever waits for a verdict gets the reason; without anyone waiting it is not an unhandled rejection.
    this.#idle.promise.catch(() => undefined);
  }

  readonly remediate: Judge["remediate"] = async (resource) => (await this.#analyzer).remediate(resource, this.#find);

  readonly analyze: Judge["analyze"] = (resource) => {
    if (resource.type.startsWith("pulumi:providers:")) this.#providers.set(resource.urn, resource);
    this.#waiting.push(resource);
    this.#pump();
  };

  /** Waits until everything that was taken is judged; nothing more may come. */
  async idle(): Promise<void> {
    this.#closed = true;
    this.#settle();
    await this.#idle.promise;
  }

  /** Waits for all judgements, then has the stack judged. */
  async finish(resources: readonly Resource[]): Promise<Judgement> {
    await this.idle();
    const analyzer = await this.#analyzer;
    const ofStack = await analyzer.analyzeStack(resources, this.#find);
    return {
      rules: analyzer.rules,
      verdicts: [...this.#verdicts, ...ofStack].toSorted(compareVerdicts),
      remediations: analyzer.remediations.toSorted((a, b) => (`${a.rule} ${a.urn}` < `${b.rule} ${b.urn}` ? -1 : 1)),
    };
  }

  /** `urn::id` names a provider; the id may be unknown. */
  readonly #find = ({ provider }: Resource) =>
    provider === undefined ? undefined : this.#providers.get(provider.slice(0, provider.lastIndexOf("::")));

  #pump(): void {
    while (this.#running < IN_FLIGHT) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#running += 1;
      void this.#judge(next);
    }
  }

  async #judge(resource: Resource): Promise<void> {
    try {
      this.#verdicts.push(...(await (await this.#analyzer).analyze(resource, this.#find)));
    } catch (error) {
      this.#idle.reject(error instanceof PreviewProblem ? error : new PreviewProblem("pack-failed", messageOf(error)));
    } finally {
      this.#running -= 1;
      this.#pump();
      this.#settle();
    }
  }

  #settle(): void {
    if (this.#closed && this.#running === 0 && this.#waiting.length === 0) this.#idle.resolve(undefined);
  }
}
