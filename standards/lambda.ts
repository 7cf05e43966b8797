/** What our functions run on. */
export const LAMBDA = {
  /**
   * Node.js with long-term support, which AWS patches. Not `nodejs24.x`: a provider must know a runtime to accept it, and
   * the one that checks the exported resources knows none above this. Our functions need nothing newer.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
   */
  runtime: "nodejs22.x",
} as const;
