import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import { cronSchedule, nextTimes } from "./cron";
import { scheduleWords } from "./cron-words";

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

  test(
    "a daily time in any zone comes once on each of its days, the year round",
    () => {
      const trials = proofCount(20);
      const zones = [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Asia/Kathmandu",
        "UTC",
      ];
      fc.assert(
        fc.property(fc.nat(23), fc.nat(59), fc.constantFrom(...zones), fc.nat(363), (hour, minute, timeZone, day) => {
          const from = new Date(Date.UTC(2026, 0, 1 + day));
          const times = nextTimes({ cron: `${minute} ${hour} * * *`, timeZone }, 4, from);
          const days = times.map((time) => time.toLocaleDateString("sv", { timeZone }));
          expect(new Set(days).size).toBe(4);
          const first = Date.parse(days[0] ?? "");
          expect(days.map((one) => (Date.parse(one) - first) / 86_400_000)).toEqual([0, 1, 2, 3]);
        }),
        { numRuns: trials, seed: proofSeed() },
      );
      reportProof("R21", { of: "daily times", trials, twice: 0, left: 0 });
    },
    proofTimeout(20, 20_000),
  );

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
    const parsed = cronSchedule.safeParse({ cron, timeZone: "UTC" });
    expect(parsed.error?.issues[0]?.message).toContain("Enter five parts");
  },
);

test.each(["", "Mars/Olympus", "Europe/"])("%j is no time zone", (timeZone) => {
  expect(cronSchedule.safeParse({ cron: "0 2 * * *", timeZone }).error?.issues[0]?.message).toContain("no time zone");
});

test.each([
  ["0 2 * * *", "daily at 02:00"],
  ["30 6 * * 1-5", "weekdays at 06:30"],
  ["15 * * * *", "every hour at :15"],
  ["0 */4 * * *", "every 4 hours at :00"],
  ["*/15 * * * *", "every 15 minutes"],
  ["0 7 * * 1", "Mondays at 07:00"],
  ["0 2 1 * *", "day 1 of the month at 02:00"],
  ["30 2,14 * * *", "daily at 02:30 and 14:30"],
  ["0 9 * * MON,THU", "Mondays and Thursdays at 09:00"],
  ["*/10 8-17 * * 1-5", "every 10 minutes from 08:00 to 17:59 on weekdays"],
  ["0 3 1,15 1-3 *", "days 1 and 15 of the month at 03:00 in January to March"],
  ["5 4 * * 6-7", "Saturday to Sunday at 04:05"],
  ["7 1-23/3 * * *", "at 7 1-23/3 * * *"],
])("%s is said as %s", (cron, words) => {
  expect(scheduleWords({ cron, timeZone: "America/New_York" })).toBe(`${words}, America/New York`);
});
