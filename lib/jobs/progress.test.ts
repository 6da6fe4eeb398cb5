import { expect, test } from "vitest";
import { type JobProgress, parseJobProgress, secondsLeft, stagePercent } from "./progress";

const progress: JobProgress = {
  stage: "Reading",
  done: 50,
  total: 200,
  unit: "rows",
  ratePerSecond: 10,
  startedAt: "2026-11-07T02:00:00.000Z",
};

test.each([
  [progress, 25, 15],
  [{ ...progress, total: null }, null, null],
  [{ ...progress, ratePerSecond: null }, 25, null],
  [{ ...progress, done: 250 }, 100, 0],
  [{ ...progress, total: 0 }, null, 0],
])("per cent and time left are told only when known (%#)", (given, percent, seconds) => {
  expect(stagePercent(given)).toBe(percent);
  expect(secondsLeft(given)).toBe(seconds);
});

test("progress of another shape is none", () => {
  expect(parseJobProgress(progress)).toEqual(progress);
  expect(parseJobProgress({ rows: 3 })).toBeNull();
  expect(parseJobProgress(null)).toBeNull();
});
