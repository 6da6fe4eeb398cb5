import { expect, test } from "vitest";
import { rawExcerpt } from "./raw-excerpt";

test.each([
  ["H8,Bad price,N/A", "H8,Bad price,N/A"],
  ["a,,,b", "a,,,b"],
  [`H8,N/A${",".repeat(2997)}`, "H8,N/A,⟨2,997 empty cells⟩"],
  [`H8${";".repeat(12)}x`, "H8;⟨11 empty cells⟩;x"],
  ["x".repeat(600), `${"x".repeat(500)}…`],
])("a row of thousands of columns is shown by what is in it", (raw, shown) => {
  expect(rawExcerpt(raw, 500)).toBe(shown);
});
