import fc from "fast-check";
import { expect, test } from "vitest";
import { stepPath, topOf } from "./step-points";

const scale = { from: 0, to: 100, top: 10, width: 100, height: 50 };
const at = (ms: number, value: number | null) => ({ at: new Date(ms), value });

test("a figure holds until the next one and to the end", () => {
  expect(stepPath([at(0, 10), at(50, 5)], scale)).toBe("M0 0H50V25H100");
});

test("what is not known is not drawn", () => {
  expect(stepPath([at(0, 10), at(20, null), at(60, 10)], scale)).toBe("M0 0H20M60 0H100");
  expect(stepPath([at(0, null)], scale)).toBe("");
});

test("a scale holds all values, and not much more", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2_147_483_647 })), (values) => {
      const top = topOf(values);
      const most = Math.max(1, ...values);
      expect(top).toBeGreaterThanOrEqual(most);
      expect(top).toBeLessThanOrEqual(most * 2);
      expect(top % 2).toBe(0);
    }),
  );
});
