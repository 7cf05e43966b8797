import { describe, expect, it } from "vitest";

import { SECRET_DELIVERY, SECRETS } from "../../standards/secrets.ts";

const DAY_SECONDS = 86_400;

describe("a new value of a secret", () => {
  it("has reached every program long before the next rotation, even when the first attempts fail", () => {
    const { refreshSeconds, kubeletSeconds, programSeconds, withinSeconds } = SECRET_DELIVERY;
    expect(refreshSeconds + kubeletSeconds + programSeconds).toBeLessThan(withinSeconds);
    expect(SECRETS.minRotationDays * DAY_SECONDS).toBeGreaterThan(100 * withinSeconds);
  });

  it("is looked for in whole minutes, as manifests write the interval", () => {
    expect(SECRET_DELIVERY.refreshSeconds % 60).toBe(0);
  });
});
