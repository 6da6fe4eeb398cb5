import { expect, test } from "vitest";
import { isDay, lastDays, periodRange, startOfDay } from "./relative-dates";

const iso = (date: Date | undefined) => date?.toISOString();

test.each([
  ["2026-07-01", "UTC", "2026-07-01T00:00:00.000Z"],
  ["2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
  ["2026-01-01", "America/New_York", "2026-01-01T05:00:00.000Z"],
  // The days on which the clocks change begin by the clock of the night before.
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
  ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
  ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
  ["2026-06-01", "Asia/Kathmandu", "2026-05-31T18:15:00.000Z"],
])("%s begins in %s at %s", (day, zone, begins) => {
  expect(iso(startOfDay(day, zone))).toBe(begins);
});

test("this month and the last days are those of the business's clock, not of UTC", () => {
  // In Auckland it is the first of December already.
  const now = new Date("2026-11-30T12:00:00Z");
  const month = periodRange("month", "Pacific/Auckland", now);
  expect([iso(month.from), iso(month.to)]).toEqual(["2026-11-30T11:00:00.000Z", "2026-12-31T11:00:00.000Z"]);
  expect(iso(lastDays(7, "UTC", now).from)).toBe("2026-11-24T00:00:00.000Z");
  const week = periodRange("week", "UTC", now);
  expect([iso(week.from), iso(week.to)]).toEqual(["2026-11-30T00:00:00.000Z", "2026-12-07T00:00:00.000Z"]);
  const before = periodRange("last-month", "UTC", new Date("2026-03-31T23:00:00Z"));
  expect([iso(before.from), iso(before.to)]).toEqual(["2026-02-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"]);
});

test("a day is one of the calendar", () => {
  expect(["2026-02-29", "2026-2-1", "2026-13-01", "soon"].some(isDay)).toBe(false);
  expect(isDay("2028-02-29")).toBe(true);
});
