import { readFileSync } from "node:fs";

/** Reads a file of /proc; "" where there is none, as on other systems and for processes that have ended. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`)
    .split(" ")
    .filter((text) => text !== "")
    .map(Number);
}

/** Memory in use by a process and all its children, in MiB; 0 where /proc does not tell. */
function memoryOf(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? "0";
  return Number(kibibytes) / 1024 + childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), 0);
}

export interface MemoryWatch {
  /** Ends the watch; answers the largest sum seen, in MiB, or 0 where the system does not tell. */
  readonly stop: () => number;
}

/** Watches how much memory a process and its children use together; one that did not start uses none. */
export function watchMemory(pid: number | undefined): MemoryWatch {
  let peak = 0;
  const look = () => {
    if (pid !== undefined) peak = Math.max(peak, memoryOf(pid));
  };
  const timer = setInterval(look, 25);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return peak;
    },
  };
}
