import type { Resource } from "../../preview/engine/model.ts";
import { runProgram } from "../../preview/engine/program.ts";
import { PreviewProblem } from "../../preview/problem.ts";
import { loadProject } from "../../preview/project.ts";
import { readStackFile } from "../../preview/stack-file.ts";
import type { Component } from "./graph.ts";
import { componentsOf } from "./graph.ts";

/** The environment that is drawn: the one that has everything. */
const ENVIRONMENT = "production";

/** The program takes a few seconds; a busy machine, several times that. */
const TIMEOUT_SECONDS = 120;

async function resourcesOf(root: string): Promise<readonly Resource[]> {
  const project = loadProject(root);
  const { resources } = await runProgram({
    project,
    environment: ENVIRONMENT,
    configuration: readStackFile(project, ENVIRONMENT),
    unknowns: true,
    timeoutSeconds: TIMEOUT_SECONDS,
    judge: { remediate: () => Promise.resolve(undefined), analyze: () => undefined },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return resources;
}

/**
 * Runs the program as a first preview would, with nobody judging it, and answers its components: what a resource refers to
 * is known before any value is.
 */
export async function environmentComponents(root: string): Promise<readonly Component[]> {
  try {
    return componentsOf(await resourcesOf(root));
  } catch (error) {
    if (!(error instanceof PreviewProblem)) throw error;
    throw new PreviewProblem(
      error.code,
      `The program, whose resources the architecture shows, fails:\n${error.message}`,
    );
  }
}
