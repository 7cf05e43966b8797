import { describe, expect, it } from "vitest";

import type { Problem, ReportProblem } from "../../../config/problems/problem.ts";
import { mustBeUnique, mustExist, valuesAt } from "../../../config/problems/references.ts";

function reported(check: (report: ReportProblem) => void): Problem[] {
  const problems: Problem[] = [];
  check((problem) => {
    problems.push(problem);
  });
  return problems;
}

describe("a name that must exist", () => {
  const path = ["flags", "rollbackQueues", 0];
  const look = (name: string, known: readonly string[]) =>
    reported((report) => {
      mustExist({ path, name, known, fix: "Add the queue." }, report);
    });

  it("is accepted where it does, and is not taken for one that only begins alike", () => {
    expect(look("mail", ["orders", "mail"])).toEqual([]);
    expect(look("mail", ["mailer"])).toHaveLength(1);
  });

  it("is refused with the names that exist", () => {
    expect(look("male", ["orders", "mail"])).toEqual([
      { path, found: '"male"', allowed: "one of orders, mail", fix: "Add the queue." },
    ]);
  });

  it("is refused with a word where none exists", () => {
    expect(look("mail", [])).toEqual([{ path, found: '"mail"', allowed: "none exists yet", fix: "Add the queue." }]);
  });

  it("is not shown when it has the form of a secret", () => {
    const token = `xoxb-${"1".repeat(12)}`;
    expect(look(token, ["mail"])[0]?.found).toBe("a secret (not shown)");
  });
});

describe("values that must differ", () => {
  const look = (...values: Parameters<typeof mustBeUnique>[0][]) =>
    reported((report) => {
      mustBeUnique(values.flat(), "Rename one of the two.", report);
    });

  it("are accepted when they do, and when there are none", () => {
    expect(look(valuesAt(["zones"], ["a", "b"]))).toEqual([]);
    expect(look([])).toEqual([]);
  });

  it("are refused from the second on, each with the place of the first", () => {
    expect(look(valuesAt(["queues"], ["mail", "orders", "mail", "mail"], "name"))).toEqual([
      {
        path: ["queues", 2, "name"],
        found: '"mail", already in queues[0].name',
        allowed: "each once",
        fix: "Rename one of the two.",
      },
      {
        path: ["queues", 3, "name"],
        found: '"mail", already in queues[0].name',
        allowed: "each once",
        fix: "Rename one of the two.",
      },
    ]);
  });

  it("are told apart by their holders where rows have numbers only", () => {
    const path = (row: number) => ["catalogue", row, "path"];
    const found = look([
      { path: path(0), value: "/", holder: "shop" },
      { path: path(1), value: "/", holder: "admin" },
    ]);
    expect(found.map((problem) => problem.found)).toEqual(['"/" of admin, already in catalogue[0].path of shop']);
  });

  it("may stand in several lists", () => {
    const found = look(valuesAt(["apiPaths"], ["/api/*"]), valuesAt(["assetPaths"], ["/assets/*", "/api/*"]));
    expect(found.map(({ path, found: what }) => [path, what])).toEqual([
      [["assetPaths", 1], '"/api/*", already in apiPaths[0]'],
    ]);
  });
});
