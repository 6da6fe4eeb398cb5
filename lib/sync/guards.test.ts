import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policiesOf } from "@/lib/feeds/policies";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import type { RunFigures } from "./feed-profile";
import { guardReasons, isPriceJump } from "./guards";

const policies = policiesOf("etilize", {});
const usual: RunFigures = {
  items: 23_900,
  lastItems: 23_950,
  newlyMissing: 50,
  known: 23_950,
  archiving: 0,
  refused: 0,
  priceJumps: [],
  greatestPriceFactor: 1,
  cutFiles: [],
};
const reasonsOf = (figures: Partial<RunFigures>) => guardReasons({ ...usual, ...figures }, policies);

describe("what makes a run wait for a manager", () => {
  test("an ordinary run does not wait", () => {
    expect(reasonsOf({})).toEqual([]);
    expect(reasonsOf({ lastItems: null, known: 0, newlyMissing: 0 })).toEqual([]);
  });

  test("A06 a short feed waits, with the figure and the limit", () => {
    const [reason] = reasonsOf({ items: 1_204 });
    expect(reason).toContain("1,204 rows is 5.0 % of last good 23,950");
    expect(reason).toContain("the limit is 70.0 %");
  });

  test("every reason is told, not only the first", () => {
    const reasons = reasonsOf({
      items: 1_204,
      newlyMissing: 22_746,
      archiving: 9_000,
      refused: 400,
      priceJumps: [{ label: "SPR1", beforeCents: 1_000, afterCents: 9_900 }],
      cutFiles: ["feed.csv"],
    });
    expect(reasons).toEqual([
      expect.stringContaining("feed.csv ends in the middle of a row"),
      expect.stringContaining("5.0 % of last good"),
      expect.stringContaining("400 of 1,604 rows are refused (24.9 %); the limit is 10.0 %"),
      expect.stringContaining("22,746 of 23,950 products are missing (95.0 %)"),
      expect.stringContaining("9,000 of 23,950 products would be archived (37.6 %)"),
      expect.stringContaining("The price of SPR1 goes from 10.00 to 99.00: beyond a factor of 3"),
    ]);
  });

  test.each(Array.from({ length: 50 }, (_, n) => n + 1))(
    "R15 scenario %i of 50: held exactly when below 70 %% of the rows or more than a tenth missing",
    (seed) => {
      const lastItems = seed * 10;
      const limit = seed * 7;
      for (const items of [limit - 1, limit, limit + 1]) {
        const held = reasonsOf({ items, lastItems, newlyMissing: 0, known: lastItems }).length > 0;
        expect([items, held]).toEqual([items, items < limit]);
      }
      for (const newlyMissing of [seed - 1, seed, seed + 1]) {
        const held = reasonsOf({ items: lastItems, lastItems, newlyMissing, known: lastItems }).length > 0;
        expect([newlyMissing, held]).toEqual([newlyMissing, newlyMissing > seed]);
      }
    },
  );

  test("a limit holds to a hundredth of a percent, whatever the size of the feed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 100 }), (hundredths, hundreds) => {
        const lastItems = hundreds * 10_000;
        const strict = { ...policies, minItemShare: hundredths / 10_000 };
        const at = (items: number) => guardReasons({ ...usual, items, lastItems, newlyMissing: 0 }, strict).length;
        expect(at(hundredths * hundreds)).toBe(0);
        if (hundredths * hundreds > 1) expect(at(hundredths * hundreds - 1)).toBe(1);
      }),
    );
  });

  test.each([
    [9, 1, false],
    [10, 90, false],
    [10, 89, true],
    [11, 100, false],
    [12, 100, true],
  ])("C47 %i refused rows beside %i good ones: held %s", (refused, items, isHeld) => {
    expect(reasonsOf({ items, refused, lastItems: items, newlyMissing: 0 }).length > 0).toBe(isHeld);
  });

  test("a feed without a valid product waits, and says that nothing was marked missing", () => {
    expect(reasonsOf({ items: 0 })).toEqual([expect.stringContaining("no valid product")]);
    expect(reasonsOf({ items: 0, refused: 30 })).toEqual([
      expect.stringContaining("nothing was marked missing"),
      expect.stringContaining("30 of 30 rows are refused (100.0 %)"),
    ]);
  });
});

describe("prices", () => {
  test.each([
    [1_000, 3_000, false],
    [1_000, 3_001, true],
    [3_000, 1_000, false],
    [3_001, 1_000, true],
    [0, 1, true],
  ])("R16 a price from %i to %i cents is a jump: %s", (before, after, isJump) => {
    expect(isPriceJump(before, after, policies)).toBe(isJump);
  });

  test(
    "R16 of random changes of price, none beyond the factor goes unseen and none within it is held",
    () => {
      const changes = proofCount(10_000);
      let beyond = 0;
      const cents = fc.integer({ min: 1, max: 100_000_000 });
      // In tenths, so that the truth can be told in whole numbers.
      const tenths = fc.integer({ min: 10, max: 500 });
      fc.assert(
        fc.property(cents, cents, tenths, (before, after, factor) => {
          const isBeyond = Math.max(before, after) * 10 > Math.min(before, after) * factor;
          if (isBeyond) beyond++;
          expect(isPriceJump(before, after, { ...policies, maxPriceFactor: factor / 10 })).toBe(isBeyond);
        }),
        { numRuns: changes, seed: proofSeed() },
      );
      reportProof("R16", { changes, beyond, unseen: 0 });
    },
    proofTimeout(10_000, 30_000),
  );

  test("many jumps are told by three and a count", () => {
    const priceJumps = Array.from({ length: 5 }, (_, n) => ({ label: `SPR${n}`, beforeCents: 100, afterCents: 900 }));
    const [reason] = reasonsOf({ priceJumps, priceJumpCount: 5 });
    expect(reason).toMatch(/SPR0 .*SPR1 .*SPR2 .*2 more do the like/);
  });
});
