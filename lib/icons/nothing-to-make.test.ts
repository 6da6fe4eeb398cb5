import { expect, test } from "vitest";
import { nothingToMake } from "./nothing-to-make";

const NONE = { covered: 0, stale: 0, making: 0, review: 0, unused: 0, missing: 0, rejected: 0, none: 0 };

test.each([
  [{ covered: 4, stale: 1 }, "There is nothing to make: every category here shows an icon."],
  [{}, "There is nothing to make: there is no category here."],
  [{ covered: 4, making: 1 }, "There is nothing to make: 1 category has an icon being made (see Batches)."],
  [
    { making: 3, review: 2, unused: 1 },
    "There is nothing to make: 3 categories have an icon being made (see Batches), 2 categories have an icon to review (see Library) and 1 category has an approved icon that is not used (see Coverage).",
  ],
])("what is there instead is told with its place: %j", (counts, sentence) => {
  expect(nothingToMake({ ...NONE, ...counts })).toBe(sentence);
});
