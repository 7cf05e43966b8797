import type { ReportProblem } from "./problems/problem.ts";

const MINUTES_A_DAY = 24 * 60;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A time of the week: where it begins, in minutes from Monday 00:00 UTC, and how long it lasts. */
export interface Window {
  readonly startMinute: number;
  readonly minutes: number;
}

const TIME = /(?:[01]\d|2[0-3]):[0-5]\d/.source;

/** "hh:mm-hh:mm" in UTC, every day; an end before the beginning is on the next day. */
export const DAILY_WINDOW = new RegExp(`^(${TIME})-(${TIME})$`);
/** "ddd:hh:mm-ddd:hh:mm" in UTC, once a week. */
export const WEEKLY_WINDOW = new RegExp(`^(${DAYS.join("|")}):(${TIME})-(${DAYS.join("|")}):(${TIME})$`);

function minuteOfDay(time: string): number {
  const [hours, minutes] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

function minuteOfWeek(day: string, time: string): number {
  return DAYS.findIndex((name) => name === day) * MINUTES_A_DAY + minuteOfDay(time);
}

/** Minutes from `start` forward to `end` on a clock that starts again after `period`. */
function forward(start: number, end: number, period: number): number {
  return (end - start + period) % period;
}

/** The windows of a week which a text of {@link DAILY_WINDOW} or {@link WEEKLY_WINDOW} stands for; [] for any other text. */
export function parseWindow(text: string): readonly Window[] {
  const [, dayStart, dayEnd] = DAILY_WINDOW.exec(text) ?? [];
  if (dayStart !== undefined && dayEnd !== undefined) {
    const start = minuteOfDay(dayStart);
    const minutes = forward(start, minuteOfDay(dayEnd), MINUTES_A_DAY);
    return DAYS.map((_, day) => ({ startMinute: day * MINUTES_A_DAY + start, minutes }));
  }
  const [, startDay, startTime, endDay, endTime] = WEEKLY_WINDOW.exec(text) ?? [];
  if (startDay === undefined || startTime === undefined || endDay === undefined || endTime === undefined) return [];
  const startMinute = minuteOfWeek(startDay, startTime);
  return [{ startMinute, minutes: forward(startMinute, minuteOfWeek(endDay, endTime), MINUTES_A_WEEK) }];
}

/** Minutes of one occurrence; 0 for an empty or unreadable window. */
export function windowMinutes(text: string): number {
  return parseWindow(text)[0]?.minutes ?? 0;
}

/** Whether two windows ever run at the same time, over the end of the week too. Windows that only touch do not. */
export function windowsOverlap(left: string, right: string): boolean {
  return parseWindow(left).some((a) =>
    parseWindow(right).some(
      (b) =>
        forward(a.startMinute, b.startMinute, MINUTES_A_WEEK) < a.minutes ||
        forward(b.startMinute, a.startMinute, MINUTES_A_WEEK) < b.minutes,
    ),
  );
}

/** The two windows of a data store. */
export interface Windows {
  /** Key of the daily window, in which data is saved. */
  readonly daily: string;
  /** What is saved, as messages say it. */
  readonly saved: "backup" | "snapshot";
  /** Shortest window that AWS takes, in minutes. */
  readonly minMinutes: number;
  /** Who refuses shorter ones. */
  readonly service: string;
  /** Why the two must not overlap. */
  readonly because: string;
}

/** Refuses windows that are too short, or of which one would disturb the other. */
export function checkWindows(
  dailyWindow: string,
  weeklyWindow: string,
  { daily, saved, minMinutes, service, because }: Windows,
  report: ReportProblem,
): void {
  for (const [key, window] of [
    [daily, dailyWindow],
    ["maintenanceWindowUtc", weeklyWindow],
  ] as const) {
    if (windowMinutes(window) >= minMinutes) continue;
    report({
      path: [key],
      found: `"${window}", ${windowMinutes(window)} minutes`,
      allowed: `at least ${minMinutes} (minutes)`,
      fix: `Widen the window; ${service} refuses shorter ones.`,
    });
  }
  if (!windowsOverlap(dailyWindow, weeklyWindow)) return;
  report({
    path: ["maintenanceWindowUtc"],
    found: `"${weeklyWindow}"`,
    allowed: `a window that does not overlap the daily ${saved} at ${dailyWindow} (UTC)`,
    fix: `Move one of the two windows${because}`,
  });
}
