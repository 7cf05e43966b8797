/** Bounds for the ways into the private network. */
export const ACCESS = {
  /** Longest time in minutes for which a job of the pipeline may run; a hanging deployment holds the state's lock. */
  maxRunnerTimeoutMinutes: 480,
  /** Shortest timeout in minutes which CodeBuild accepts. @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html */
  awsMinRunnerTimeoutMinutes: 5,
  /** Most jobs that may run at once: deployments of one environment wait for each other anyway. */
  maxConcurrentRunners: 20,
} as const;
