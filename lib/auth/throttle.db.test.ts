import { beforeEach, expect, test } from "vitest";
import { transaction } from "@/lib/db/client";
import { resetDatabase } from "@/lib/testing/reset";
import { clearThrottle, delaySeconds, forgiveAttempt, reserveAttempt } from "./throttle";

beforeEach(resetDatabase);

const START = new Date("2026-01-05T08:00:00Z").getTime();
const at = (seconds: number) => new Date(START + seconds * 1000);
const attempt = { account: "max@example.com", address: "192.0.2.1" };

async function fail(count: number, who = attempt, from = 0) {
  let seconds = from;
  for (let n = 1; n <= count; n++) {
    await reserveAttempt(who, at(seconds));
    seconds += delaySeconds(n);
  }
  return seconds;
}

test.each([
  [9, 0],
  [10, 1],
  [11, 2],
  [12, 4],
  [19, 512],
  [20, 900],
  [99, 900],
])("R62 after %i failures in a row one waits %i seconds", (failures, seconds) => {
  expect(delaySeconds(failures)).toBe(seconds);
});

test("R62 the eleventh attempt is told the seconds to wait, and refused ones do not add up", async () => {
  for (let n = 0; n < 10; n++) await reserveAttempt(attempt, at(0));
  for (let n = 0; n < 5; n++) {
    await expect(reserveAttempt(attempt, at(0.2))).rejects.toMatchObject({
      code: "too_many",
      message: "Too many failed sign-ins. Try again in 1 second.",
      details: { waitSeconds: 1 },
    });
  }
  await reserveAttempt(attempt, at(1));
  await expect(reserveAttempt(attempt, at(1))).rejects.toMatchObject({ details: { waitSeconds: 2 } });
});

test("R62 fifty attempts at once get ten tries", async () => {
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => reserveAttempt(attempt, at(0))));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
});

test("R62 another person at the same address is not held up", async () => {
  await fail(10);
  await expect(reserveAttempt(attempt, at(0))).rejects.toMatchObject({ code: "too_many" });
  await reserveAttempt({ ...attempt, account: "ada@example.com" }, at(0));
});

test("R62 an address that tries many accounts is slowed down too", async () => {
  for (let n = 0; n < 50; n++) await reserveAttempt({ ...attempt, account: `nobody-${n}` }, at(0));
  await expect(reserveAttempt({ ...attempt, account: "nobody" }, at(0))).rejects.toMatchObject({ code: "too_many" });
  await reserveAttempt({ account: "nobody", address: "192.0.2.2" }, at(0));
});

test("R62 after 100 failures in a row only a new password helps", async () => {
  let seconds = 0;
  for (let n = 1; n <= 100; n++) {
    await reserveAttempt({ ...attempt, address: `192.0.2.${n}` }, at(seconds));
    seconds += delaySeconds(n);
  }
  const aDayLater = at(seconds + 86_400);
  await expect(reserveAttempt(attempt, aDayLater)).rejects.toThrow("Ask an admin to set a new password");
  await transaction((tx) => clearThrottle(tx, attempt.account));
  await reserveAttempt(attempt, aDayLater);
});

test("a right password starts the account afresh and costs the address nothing", async () => {
  for (let n = 0; n < 9; n++) await reserveAttempt(attempt, at(0));
  await transaction((tx) => forgiveAttempt(tx, attempt));
  for (let n = 0; n < 10; n++) await reserveAttempt(attempt, at(0));
  await expect(reserveAttempt(attempt, at(0))).rejects.toMatchObject({ code: "too_many" });
});
