import { describe, expect, test } from "vitest";
import { countPlaywright, countVitest, lastLine, requireSome } from "./test-report.mjs";
import { judgeVitest } from "./test-suites.mjs";

const file = (name, statuses, status = "passed") => ({
  name,
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
});

describe("countVitest", () => {
  test("tells the suites apart by the file's name and leaves skipped tests out", () => {
    const report = {
      testResults: [
        file("/p/lib/a.test.ts", ["passed", "skipped", "failed"], "failed"),
        file("/p/lib/b.integration.test.ts", ["passed", "passed"]),
      ],
    };
    expect(countVitest(report)).toEqual({
      unit: { passed: 1, failed: 1 },
      integration: { passed: 2, failed: 0 },
    });
  });

  test("counts a file that does not load as one failure", () => {
    expect(countVitest({ testResults: [file("/p/lib/a.test.ts", [], "failed")] }).unit).toEqual({
      passed: 0,
      failed: 1,
    });
  });
});

describe("judgeVitest", () => {
  const suites = ["unit"];

  test("a run without a report failed", () => {
    expect(judgeVitest({ suites, report: null, code: 1 }).unit.failed).toBe(1);
  });

  test("a suite in which nothing ran failed", () => {
    expect(judgeVitest({ suites, report: { testResults: [] }, code: 0 }).unit.failed).toBe(1);
  });

  test("an exit code without a failed test is a failure of its own", () => {
    const report = { testResults: [file("/p/lib/a.test.ts", ["passed"])] };
    expect(judgeVitest({ suites, report, code: 1 }).unit).toMatchObject({ passed: 1, failed: 1 });
    expect(judgeVitest({ suites, report, code: 0 }).unit).toEqual({ passed: 1, failed: 0 });
  });
});

describe("countPlaywright", () => {
  const report = (stats, errors = []) => ({
    stats: { expected: 0, flaky: 0, unexpected: 0, ...stats },
    errors,
  });

  test.each([
    [report({ expected: 3, flaky: 1 }), { passed: 4, failed: 0 }],
    [report({ expected: 1, unexpected: 2 }, [{}]), { passed: 1, failed: 2 }],
    [report({}, [{}]), { passed: 0, failed: 1 }],
  ])("%#", (given, counts) => {
    expect(countPlaywright(given)).toEqual(counts);
  });
});

test("the last line sums everything up", () => {
  const counts = [requireSome({ passed: 0, failed: 0 }), { passed: 4, failed: 1 }, { passed: 1, failed: 0 }];
  expect(lastLine(counts)).toBe("5 passed, 2 failed");
});
