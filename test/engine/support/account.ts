import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Variable that names the folder of an account; without it nothing is remembered between commands. */
export const ACCOUNT_VARIABLE = "PREFLIGHT_TEST_ACCOUNT";

/** How long the account takes to answer once a thing is made, in milliseconds: a run is killed in this time. */
const ANSWER_MS = 40;

/** A thing that exists. */
export interface Thing {
  readonly urn: string;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/** What exists outside the state: it outlives a killed run, and refuses to make a thing twice. */
export class Account {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Makes a thing, and only then answers. */
  async make(thing: Thing): Promise<void> {
    const file = this.#fileOf(thing.urn);
    if (existsSync(file)) throw new Error(`EntityAlreadyExists: there is one already: ${thing.urn}`);
    writeFileSync(file, JSON.stringify(thing));
    await setTimeout(ANSWER_MS);
  }

  /** Keeps what a thing was changed to. */
  change(thing: Thing): void {
    writeFileSync(this.#fileOf(thing.urn), JSON.stringify(thing));
  }

  find(urn: string): Thing | undefined {
    const file = this.#fileOf(urn);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  }

  remove(urn: string): void {
    rmSync(this.#fileOf(urn), { force: true });
  }

  /** How many things there are. */
  get size(): number {
    return readdirSync(this.#folder).length;
  }

  #fileOf(urn: string): string {
    return join(this.#folder, `${createHash("sha256").update(urn).digest("hex")}.json`);
  }
}

/** The account of a provider's process; undefined where the test has none. */
export function accountOf(variables: NodeJS.ProcessEnv): Account | undefined {
  const folder = variables[ACCOUNT_VARIABLE];
  return folder === undefined ? undefined : new Account(folder);
}
