import { expect, test } from "vitest";
import { progressText } from "./progress-line";

const stageProgress = {
  stage: "Reading products",
  done: 12_000,
  total: 14_700,
  unit: "products",
  ratePerSecond: 900,
  startedAt: "2026-01-01T00:00:00.000Z",
};

test("progress tells stage, rows, rate and the time left", () => {
  expect(progressText({ status: "running", stageProgress })).toBe(
    "Reading products: 12,000 of 14,700 products, 900/s, 3 s left",
  );
});

test("what nobody knows yet is left out", () => {
  const unknown = { ...stageProgress, total: null, ratePerSecond: null };
  expect(progressText({ status: "running", stageProgress: unknown })).toBe("Reading products: 12,000 products");
});

test("a job that waits says so", () => {
  expect(progressText({ status: "pending", stageProgress: null })).toBe("Waiting for its turn");
});
