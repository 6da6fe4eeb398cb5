import fc from "fast-check";
import { expect, test } from "vitest";
import { blockOf, filledFrom, movedRange, pasteBlock, rangeAt } from "./grid-range";

const size = { rows: 100, cols: 5, page: 20 };
const press = (key: string, { shiftKey = false, isJump = false } = {}) => ({ key, shiftKey, isJump });

test.each([
  ["ArrowDown", {}, 11, 2],
  ["ArrowUp", { isJump: true }, 0, 2],
  ["Home", {}, 10, 0],
  ["End", { isJump: true }, 99, 4],
  ["PageDown", {}, 30, 2],
  ["Tab", { shiftKey: true }, 10, 1],
  ["Enter", { shiftKey: true }, 9, 2],
])("%s with %o leads to row %i, column %i", (key, held, row, col) => {
  expect(movedRange(rangeAt(10, 2), press(key, held), size)).toEqual(rangeAt(row, col));
});

test("shift extends the selection from where one is, and Ctrl+A takes all that is loaded", () => {
  const wider = movedRange(rangeAt(10, 2), press("ArrowRight", { shiftKey: true }), size);
  expect(wider).toEqual({ at: { row: 10, col: 2 }, to: { row: 10, col: 3 } });
  const all = movedRange(rangeAt(10, 2), press("a", { isJump: true }), size);
  expect(all && blockOf(all)).toEqual({ top: 0, left: 0, bottom: 99, right: 4 });
  expect(movedRange(rangeAt(0, 0), press("x"), size)).toBeNull();
});

test("no key leads out of the grid", () => {
  const key = fc.constantFrom(
    "ArrowUp",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "PageUp",
    "PageDown",
    "Home",
    "End",
    "Tab",
  );
  const keys = fc.array(fc.record({ key, shiftKey: fc.boolean(), isJump: fc.boolean() }), { maxLength: 30 });
  fc.assert(
    fc.property(keys, (pressed) => {
      let range = rangeAt(3, 3);
      for (const one of pressed) range = movedRange(range, one, size) ?? range;
      const { top, left, bottom, right } = blockOf(range);
      expect(top >= 0 && left >= 0 && bottom < size.rows && right < size.cols).toBe(true);
    }),
  );
});

test("one pasted cell fills the selection, a block is repeated where it fits and else put down once", () => {
  const four = { top: 2, left: 1, bottom: 5, right: 2 };
  const one = pasteBlock([["x"]], four);
  expect([one.block, one.textAt(5, 2)]).toEqual([four, "x"]);
  const tiled = pasteBlock(
    [
      ["a", "b"],
      ["c", "d"],
    ],
    four,
  );
  expect([tiled.block, tiled.textAt(4, 1), tiled.textAt(5, 2)]).toEqual([four, "a", "d"]);
  const once = pasteBlock([["a", "b", "c"]], rangeBlock(2, 1));
  expect(once.block).toEqual({ top: 2, left: 1, bottom: 2, right: 3 });
});

test("a dragged corner repeats what was selected, downwards and upwards", () => {
  const from = { top: 2, left: 0, bottom: 3, right: 0 };
  const down = filledFrom(from, { ...from, bottom: 6 }).map(({ row, source }) => [row, source.row]);
  expect(down).toEqual([
    [4, 2],
    [5, 3],
    [6, 2],
  ]);
  const up = filledFrom(from, { ...from, top: 0 }).map(({ row, source }) => [row, source.row]);
  expect(up).toEqual([
    [0, 2],
    [1, 3],
  ]);
});

function rangeBlock(row: number, col: number) {
  return blockOf(rangeAt(row, col));
}
