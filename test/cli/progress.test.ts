import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { showProgress } from "../../cli/progress.ts";

describe("progress", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const watch = (isTTY: boolean, columns = 80) => {
    const lines: string[] = [];
    const stop = showProgress(() => "staging 12 resources", { isTTY, columns, write: (text) => lines.push(text) });
    return { lines, stop };
  };

  it("is silent for a second, then says how far things are, and goes away", () => {
    const { lines, stop } = watch(true);
    vi.advanceTimersByTime(900);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(lines.at(-1)).toBe("\r\u001b[Kstaging 12 resources, 1.2 s");
    stop();
    expect(lines.at(-1)).toBe("\r\u001b[K");
    const count = lines.length;
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(count);
  });

  it("leaves nothing behind a quick command", () => {
    const { lines, stop } = watch(true);
    vi.advanceTimersByTime(500);
    stop();
    expect(lines).toEqual([]);
  });

  it("never wraps", () => {
    const { lines } = watch(true, 10);
    vi.advanceTimersByTime(1100);
    expect(lines.at(-1)).toBe("\r\u001b[Kstaging 1");
  });

  it("is whole on a terminal that says it has 0 columns", () => {
    const { lines } = watch(true, 0);
    vi.advanceTimersByTime(1100);
    expect(lines.at(-1)).toBe("\r\u001b[Kstaging 12 resources, 1.1 s");
  });

  it("is for terminals", () => {
    const { lines } = watch(false);
    vi.advanceTimersByTime(5000);
    expect(lines).toEqual([]);
  });
});
