import "server-only";
import { type Tx, transaction } from "@/lib/db/client";
import { lockRows } from "@/lib/db/lock-rows";
import { AppError } from "@/lib/errors";

type Rule = {
  /** Failures in a row before the first delay. */
  free: number;
  /** Failures in a row after which only a new password helps. NIST SP 800-63B allows at most 100. */
  lockAfter: number;
  /** Quiet time after which failures are forgotten, in seconds; never where it is Infinity. */
  forgetAfterSeconds: number;
};
const ACCOUNT: Rule = { free: 10, lockAfter: 100, forgetAfterSeconds: Number.POSITIVE_INFINITY };
/** A whole office may share an address: it is slowed down much later, and never locked. */
const ADDRESS: Rule = { free: 50, lockAfter: Number.POSITIVE_INFINITY, forgetAfterSeconds: 3_600 };
const LONGEST_DELAY_SECONDS = 15 * 60;

export type Attempt = { account: string; address: string };

export function accountKey(account: string) {
  return `account:${account}`;
}

function rulesOf(attempt: Attempt): [key: string, rule: Rule][] {
  return [
    [accountKey(attempt.account), ACCOUNT],
    [`address:${attempt.address}`, ADDRESS],
  ];
}

/** Seconds to wait after so many failures in a row: none, then 1 doubling to 15 minutes. */
export function delaySeconds(failures: number, free = ACCOUNT.free): number {
  if (failures < free) return 0;
  return Math.min(2 ** (failures - free), LONGEST_DELAY_SECONDS);
}

/**
 * Counts an attempt as failed before the password is looked at, so that many at once can't slip past the limit;
 * `forgiveAttempt` takes it back. An attempt that is refused here does not count.
 * @throws {AppError} `too_many` with `details.waitSeconds`
 */
export async function reserveAttempt(attempt: Attempt, now = new Date()) {
  await transaction(async (tx) => {
    await lockRows(tx, "LoginThrottle");
    const counted = [];
    for (const [key, rule] of rulesOf(attempt)) {
      const row = await tx.loginThrottle.findUnique({ where: { key } });
      const isForgotten = row && now.getTime() - row.lastFailureAt.getTime() > rule.forgetAfterSeconds * 1000;
      const failures = row && !isForgotten ? row.failures : 0;
      if (failures >= rule.lockAfter) throw locked();
      if (row?.blockedUntil && row.blockedUntil > now) throw blocked(row.blockedUntil, now);
      counted.push({ key, failures: failures + 1, delay: delaySeconds(failures + 1, rule.free) });
    }
    for (const { key, failures, delay } of counted) {
      const blockedUntil = delay > 0 ? new Date(now.getTime() + delay * 1000) : null;
      const data = { failures, lastFailureAt: now, blockedUntil };
      await tx.loginThrottle.upsert({ where: { key }, create: { key, ...data }, update: data });
    }
  });
}

/** The password was right: the account starts afresh, the address loses this attempt alone. */
export async function forgiveAttempt(tx: Tx, attempt: Attempt) {
  const [[account], [address]] = rulesOf(attempt) as [[string, Rule], [string, Rule]];
  await tx.loginThrottle.deleteMany({ where: { key: account } });
  await tx.loginThrottle.updateMany({
    where: { key: address, failures: { gt: 0 } },
    data: { failures: { decrement: 1 }, blockedUntil: null },
  });
}

/** Frees an account, whatever was tried on it: whoever sets a new password vouches for it. */
export async function clearThrottle(tx: Tx, account: string) {
  await tx.loginThrottle.deleteMany({ where: { key: accountKey(account) } });
}

function blocked(until: Date, now: Date) {
  const waitSeconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  const wait = waitSeconds === 1 ? "1 second" : `${waitSeconds} seconds`;
  return new AppError("too_many", `Too many failed sign-ins. Try again in ${wait}.`, { details: { waitSeconds } });
}

function locked() {
  return new AppError("too_many", "Too many failed sign-ins. Ask an admin to set a new password for this account.", {
    details: { waitSeconds: LONGEST_DELAY_SECONDS },
  });
}
