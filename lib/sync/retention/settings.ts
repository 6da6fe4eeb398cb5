import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";

const KEYS = { runDays: "sync.retention.runDays", rowDays: "sync.retention.rowDays" } as const;
const DESCRIPTIONS = {
  runDays: "Days a sync run stays in the history.",
  rowDays: "Days a run's changes and refused rows stay: until then it can be undone.",
} as const;

export interface Retention {
  /** Days a run stays in the history. */
  runDays: number;
  /** Days its changes and refused rows stay. */
  rowDays: number;
}

export const DEFAULT_RETENTION: Retention = { runDays: 400, rowDays: 90 };

const days = (least: number) =>
  z.coerce
    .number("Enter a number of days.")
    .int("Enter whole days.")
    .min(least, `At least ${least} days.`)
    .max(36_500, "At most 36,500 days, which is a hundred years.");

const values = z.object({ runDays: days(30), rowDays: days(7) });

/** `from` is what the person saw: another value in between is told instead of overwritten. */
export const retentionInput = z.object({ from: values, to: values }).refine(({ to }) => to.runDays >= to.rowDays, {
  message: "A run must stay at least as long as its rows.",
  path: ["to", "runDays"],
});
export type RetentionInput = z.output<typeof retentionInput>;

export async function getRetention(actor: Actor): Promise<Retention> {
  assertCan(actor, "sync:read");
  return readRetention(db);
}

/** @throws {AppError} `conflict` when somebody changed them meanwhile */
export async function setRetention(actor: Actor, { from, to }: RetentionInput) {
  assertCan(actor, "settings:manage");
  await transaction(async (tx) => {
    await lockName(tx, "retention");
    const now = await readRetention(tx);
    if (now.runDays !== from.runDays || now.rowDays !== from.rowDays) {
      const words = `Somebody changed this meanwhile: runs stay ${now.runDays} days, rows ${now.rowDays}. Look again.`;
      throw new AppError("conflict", words);
    }
    for (const name of ["runDays", "rowDays"] as const) {
      const facts = { value: String(to[name]), dataType: "integer", category: "sync", description: DESCRIPTIONS[name] };
      const seen = { key: KEYS[name], value: String(from[name]) };
      const { count } = await tx.configuration.updateMany({ where: seen, data: facts });
      // Never set before: the default was seen.
      if (count === 0) await tx.configuration.create({ data: { key: KEYS[name], ...facts }, select: { key: true } });
    }
    const values = { before: { ...from }, after: { ...to } };
    await recordAudit(tx, actor, "retention.change", { entity: "Configuration", entityId: "sync.retention" }, values);
  });
}

export async function readRetention(on: Tx | typeof db): Promise<Retention> {
  const rows = await on.configuration.findMany({ where: { key: { in: Object.values(KEYS) } } });
  const stored = new Map(rows.map((row) => [row.key, Number(row.value)]));
  return {
    runDays: stored.get(KEYS.runDays) ?? DEFAULT_RETENTION.runDays,
    rowDays: stored.get(KEYS.rowDays) ?? DEFAULT_RETENTION.rowDays,
  };
}
