import { describe, expect, test } from "vitest";
import { policiesOf } from "@/lib/feeds/policies";
import { guardReason, isPriceJump, type RunFigures } from "./guards";

const policies = policiesOf("etilize", {});
const usual: RunFigures = { items: 23_900, lastItems: 23_950, newlyMissing: 50, known: 23_950, priceJumps: [] };

describe("what makes a run wait for a manager", () => {
  test("an ordinary run does not wait", () => {
    expect(guardReason(usual, policies)).toBeNull();
    expect(guardReason({ ...usual, lastItems: null, known: 0, newlyMissing: 0 }, policies)).toBeNull();
  });

  test("A06 a short feed waits, with the figure and the limit", () => {
    const reason = guardReason({ ...usual, items: 1_204 }, policies);
    expect(reason).toContain("1,204 rows is 5.0 % of last good 23,950");
    expect(reason).toContain("the limit is 70.0 %");
  });

  test.each([
    [0.69, true],
    [0.7, false],
    [1.5, false],
  ])("R15 a feed of %f of the last one's rows: held %s", (share, isHeld) => {
    const figures = { ...usual, items: Math.round(10_000 * share), lastItems: 10_000, newlyMissing: 0 };
    expect(guardReason(figures, policies) !== null).toBe(isHeld);
  });

  test("more missing than a tenth waits", () => {
    expect(guardReason({ ...usual, newlyMissing: 2_396 }, policies)).toContain(
      "2,396 of 23,950 products are missing (10.0 %)",
    );
  });

  test.each([
    [1_000, 3_000, false],
    [1_000, 3_001, true],
    [3_000, 1_000, false],
    [3_001, 1_000, true],
  ])("R16 a price from %i to %i cents is a jump: %s", (before, after, isJump) => {
    expect(isPriceJump(before, after, policies)).toBe(isJump);
  });

  test("a price beyond the factor holds the run and names it", () => {
    const jumps = [{ label: "SPR1", beforeCents: 1_000, afterCents: 9_900 }];
    expect(guardReason({ ...usual, priceJumps: jumps }, policies)).toContain(
      "SPR1 goes from 10.00 to 99.00, beyond a factor of 3",
    );
  });
});
