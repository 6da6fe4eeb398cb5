import "server-only";
import { recordAudit } from "@/lib/audit";
import { SYSTEM } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { DEFAULT_RULES } from "./default-rules";

/** Configuration key: set once the rules were put there, so that rules a person deletes stay away. */
const KEY = "approval-rules.seeded";

/** Puts the first approval rules there, once in a database's life. */
export async function ensureDefaultRules() {
  if (await db.configuration.findUnique({ where: { key: KEY }, select: { key: true } })) return;
  await transaction(async (tx) => {
    await lockName(tx, KEY);
    if (await tx.configuration.findUnique({ where: { key: KEY }, select: { key: true } })) return;
    await tx.configuration.create({
      data: { key: KEY, value: "yes", description: "The first approval rules were made.", category: "feeds" },
    });
    // Somebody who has rules already chose their own.
    if ((await tx.approvalRule.count()) > 0) return;
    for (const rule of DEFAULT_RULES) {
      const { id } = await tx.approvalRule.create({ data: rule, select: { id: true } });
      await recordAudit(tx, SYSTEM, "rule.create", { entity: "ApprovalRule", entityId: id }, { after: { ...rule } });
    }
  });
}
