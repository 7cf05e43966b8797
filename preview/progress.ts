/** One line on a terminal that says how far each environment is; nothing elsewhere, so that logs stay as they are. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #counts = new Map<string, number>();
  readonly #started = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(environments: readonly string[], stream: NodeJS.WriteStream) {
    this.#stream = stream;
    for (const environment of environments) this.#counts.set(environment, 0);
    if (stream.isTTY)
      this.#timer = setInterval(() => {
        this.#draw();
      }, 100).unref();
  }

  readonly update = (environment: string, resources: number): void => {
    this.#counts.set(environment, resources);
  };

  /** Takes the line away. */
  stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#stream.write("\r\u001b[K");
  }

  #draw(): void {
    const counts = [...this.#counts].map(([environment, resources]) => `${environment} ${resources}`).join(", ");
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    this.#stream.write(`\r\u001b[K${counts} resources, ${seconds} s`.slice(0, (this.#stream.columns || 80) + 3));
  }
}
