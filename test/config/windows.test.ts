import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { windowMinutes, windowsOverlap } from "../../config/windows.ts";

const twoDigits = (value: number) => String(value).padStart(2, "0");
const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`);
const daily = fc.tuple(time, time).map(([start, end]) => `${start}-${end}`);
const day = fc.constantFrom("mon", "tue", "wed", "thu", "fri", "sat", "sun");
const weekly = fc
  .tuple(day, time, day, time)
  .map(([startDay, start, endDay, end]) => `${startDay}:${start}-${endDay}:${end}`);

describe("windows", () => {
  it.each([
    { window: "01:00-02:00", minutes: 60 },
    { window: "23:45-00:15", minutes: 30 },
    { window: "sun:23:30-mon:00:30", minutes: 60 },
    { window: "mon:00:00-tue:00:00", minutes: 1440 },
    { window: "mon:00:00-mon:00:00", minutes: 0 },
    { window: "25:00-26:00", minutes: 0 },
  ])("reads $window as $minutes minutes", ({ window, minutes }) => {
    expect(windowMinutes(window)).toBe(minutes);
  });

  it.each([
    { title: "one inside the other", backup: "01:00-05:00", maintenance: "wed:02:00-wed:03:00", overlap: true },
    { title: "the last minute", backup: "01:00-02:00", maintenance: "wed:01:59-wed:03:00", overlap: true },
    { title: "over midnight", backup: "23:30-00:30", maintenance: "wed:00:00-wed:01:00", overlap: true },
    { title: "over the end of the week", backup: "00:00-00:30", maintenance: "sun:23:30-mon:00:15", overlap: true },
    {
      title: "one ending as the other begins",
      backup: "01:00-02:00",
      maintenance: "wed:02:00-wed:03:00",
      overlap: false,
    },
    { title: "other times of the day", backup: "01:00-02:00", maintenance: "wed:03:00-wed:04:00", overlap: false },
  ])("finds $title: $overlap", ({ backup, maintenance, overlap }) => {
    expect(windowsOverlap(backup, maintenance)).toBe(overlap);
  });

  it("does not depend on the order", () => {
    fc.assert(fc.property(daily, weekly, (left, right) => windowsOverlap(left, right) === windowsOverlap(right, left)));
  });

  it("finds every window that is not empty to overlap itself", () => {
    fc.assert(
      fc.property(fc.oneof(daily, weekly), (window) => windowsOverlap(window, window) === windowMinutes(window) > 0),
    );
  });
});
