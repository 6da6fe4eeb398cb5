import { describe, expect, test } from "vitest";
import { feedSchedule, nextTimes } from "./schedule";
import { scheduleWords } from "./schedule-words";

const berlin = (cron: string) => ({ cron, timeZone: "Europe/Berlin" });
const utc = (dates: Date[]) => dates.map((date) => date.toISOString().slice(0, 16));

describe("R21 clock changes", () => {
  test("a time that spring skips comes once that day, right after the gap", () => {
    expect(utc(nextTimes(berlin("30 2 * * *"), 3, new Date("2026-03-28T12:00:00Z")))).toEqual([
      "2026-03-29T01:00",
      "2026-03-30T00:30",
      "2026-03-31T00:30",
    ]);
  });

  test("a time that autumn repeats comes once that day, in a list of hours too", () => {
    expect(utc(nextTimes(berlin("30 2 * * *"), 2, new Date("2026-10-24T12:00:00Z")))).toEqual([
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
    expect(utc(nextTimes(berlin("30 2,14 * * *"), 3, new Date("2026-10-24T20:00:00Z")))).toEqual([
      "2026-10-25T00:30",
      "2026-10-25T13:30",
      "2026-10-26T01:30",
    ]);
  });

  test("two o'clock stays two o'clock in summer and winter", () => {
    expect(utc(nextTimes(berlin("0 2 1 1,7 *"), 2, new Date("2026-01-02T00:00:00Z")))).toEqual([
      "2026-07-01T00:00",
      "2027-01-01T01:00",
    ]);
  });
});

test.each(["", "@daily", "* * * * * *", "61 * * * *", "0 0 31 2 *", "2030-01-01T00:00:00", "drop table"])(
  "%j is no schedule, and the sentence says what is",
  (cron) => {
    const parsed = feedSchedule.safeParse({ cron, timeZone: "UTC" });
    expect(parsed.error?.issues[0]?.message).toContain("Enter five parts");
  },
);

test.each(["", "Mars/Olympus", "Europe/"])("%j is no time zone", (timeZone) => {
  expect(feedSchedule.safeParse({ cron: "0 2 * * *", timeZone }).error?.issues[0]?.message).toContain("no time zone");
});

test.each([
  ["0 2 * * *", "daily at 02:00"],
  ["30 6 * * 1-5", "weekdays at 06:30"],
  ["15 * * * *", "every hour at :15"],
  ["0 */4 * * *", "every 4 hours at :00"],
  ["*/15 * * * *", "every 15 minutes"],
  ["0 7 * * 1", "Mondays at 07:00"],
  ["0 2 1 * *", "at 0 2 1 * *"],
])("%s is said as %s", (cron, words) => {
  expect(scheduleWords({ cron, timeZone: "America/New_York" })).toBe(`${words}, America/New York`);
});
