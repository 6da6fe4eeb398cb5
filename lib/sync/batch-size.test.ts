import fc from "fast-check";
import { expect, test } from "vitest";
import { BatchSize } from "./batch-size";

test("R18 on a machine of any speed the batches come down to what holds nobody up, and never grow beyond the most", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 8, noNaN: true }), (millisecondsPerRow) => {
      const size = new BatchSize(1_000);
      for (let batch = 0; batch < 12; batch++) size.learn(size.rows, size.rows * millisecondsPerRow);
      expect(size.rows).toBeGreaterThanOrEqual(50);
      expect(size.rows).toBeLessThanOrEqual(1_000);
      expect(size.rows * millisecondsPerRow).toBeLessThanOrEqual(400);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("a quick machine keeps the largest batch, a slow moment is forgotten, and the last few rows teach nothing", () => {
  const size = new BatchSize(1_000);
  size.learn(1_000, 100);
  expect(size.rows).toBe(1_000);
  size.learn(1_000, 4_000);
  expect(size.rows).toBe(100);
  size.learn(7, 1);
  expect(size.rows).toBe(100);
  for (let batch = 0; batch < 4; batch++) size.learn(size.rows, 20);
  expect(size.rows).toBe(1_000);
});
