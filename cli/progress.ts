import { columnsOf } from "./output.ts";

/** How long a command may take before it says that it is at work, and how often the line is drawn again. */
const DELAY_MILLISECONDS = 1000;
const INTERVAL_MILLISECONDS = 100;

const CLEAR_LINE = "\r\u001b[K";

/** Where the line is drawn. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/**
 * After a second, one line on a terminal that says how far a command is, with the seconds; nothing elsewhere, so that logs
 * stay as they are. Answers what takes the line away.
 */
export function showProgress(describe: () => string, stream: ProgressStream): () => void {
  if (stream.isTTY !== true) return () => undefined;
  const started = performance.now();
  let drawn = false;
  const draw = () => {
    const milliseconds = performance.now() - started;
    if (milliseconds < DELAY_MILLISECONDS) return;
    const line = `${describe()}, ${(milliseconds / 1000).toFixed(1)} s`;
    // The last column stays free: a full line would wrap.
    stream.write(`${CLEAR_LINE}${line.slice(0, columnsOf(stream, 80) - 1)}`);
    drawn = true;
  };
  const timer = setInterval(draw, INTERVAL_MILLISECONDS).unref();
  return () => {
    clearInterval(timer);
    if (drawn) stream.write(CLEAR_LINE);
    drawn = false;
  };
}
