import fc from "fast-check";
import { expect, test } from "vitest";
import { USUAL_DIALECT } from "@/lib/feeds/mapping";
import { lineOfReason, parseRecords, reasonCell, shapeOf, writeRecord } from "./raw-records";

const cell = fc.oneof(
  fc.string(),
  fc.constantFrom('5"', "a,b", "two\nlines", "\\", '\\"', "12", "", " padded ", "a;b\tc|d"),
);
const shapes = [
  shapeOf("etilize", null),
  shapeOf("erp", null),
  ...([",", ";", "\t", "|"] as const).map((delimiter) => shapeOf("csv", { ...USUAL_DIALECT, delimiter, quote: "'" })),
];

test("what is written is read back, field by field, in every dialect", () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), fc.constantFrom(...shapes), (fields, shape) => {
      // A row of nothing at all is a blank line, which is no record.
      fc.pre(fields.some((field) => field.trim() !== "") && !fields.some((field) => /\r/.test(field)));
      expect(parseRecords(`${writeRecord(fields, shape)}\n`, shape)).toEqual([fields]);
    }),
  );
});

test("a text whose quotes are broken is no record", () => {
  expect(parseRecords('1,"open', shapeOf("erp", null))).toBeNull();
});

test("the line is read from a reason, and from nothing else", () => {
  expect(lineOfReason(reasonCell(902, "The price is missing."))).toBe(902);
  expect(lineOfReason("Line up")).toBeNull();
  expect(lineOfReason(undefined)).toBeNull();
});
