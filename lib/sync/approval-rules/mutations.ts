import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { RuleInput } from "./rule-input";

const facts = {
  name: true,
  sourceId: true,
  field: true,
  maxIncreasePercent: true,
  maxDecreasePercent: true,
  isActive: true,
} as const;

/** Lets changes pass from the next run on. @throws {AppError} `invalid_input` for a taken name or an unknown source */
export async function createRule(actor: Actor, input: RuleInput) {
  assertCan(actor, "sync:review");
  return transaction(async (tx) => {
    await assertFits(tx, input);
    const { id } = await tx.approvalRule.create({
      data: { ...input, createdById: actorUserId(actor) },
      select: { id: true },
    });
    await recordAudit(tx, actor, "rule.create", { entity: "ApprovalRule", entityId: id }, { after: { ...input } });
    return { id };
  });
}

/** @throws {AppError} `conflict` when somebody else changed or deleted it since `version` was shown */
export async function updateRule(actor: Actor, { id, version, ...input }: RuleInput & { id: string; version: number }) {
  assertCan(actor, "sync:review");
  await transaction(async (tx) => {
    const before = await takeRule(tx, id, version);
    await assertFits(tx, input, id);
    await tx.approvalRule.update({ where: { id }, data: input, select: { id: true } });
    const after = { ...input, isActive: before.isActive };
    await recordAudit(tx, actor, "rule.update", { entity: "ApprovalRule", entityId: id }, { before, after });
  });
}

/** Switches a rule on or off, from the next run on. @throws {AppError} `conflict` as `updateRule` */
export async function switchRule(
  actor: Actor,
  { id, version, isActive }: { id: string; version: number; isActive: boolean },
) {
  assertCan(actor, "sync:review");
  await transaction(async (tx) => {
    const before = await takeRule(tx, id, version);
    await tx.approvalRule.update({ where: { id }, data: { isActive }, select: { id: true } });
    const after = { ...before, isActive };
    await recordAudit(tx, actor, "rule.update", { entity: "ApprovalRule", entityId: id }, { before, after });
  });
}

/** The changes it let pass keep its name. @throws {AppError} `conflict` as `updateRule` */
export async function deleteRule(actor: Actor, { id, version }: { id: string; version: number }) {
  assertCan(actor, "sync:review");
  await transaction(async (tx) => {
    const before = await takeRule(tx, id, version);
    await tx.approvalRule.delete({ where: { id }, select: { id: true } });
    await recordAudit(tx, actor, "rule.delete", { entity: "ApprovalRule", entityId: id }, { before });
  });
}

/** Raises the version of the rule as it was shown; of two editors the second is told. */
async function takeRule(tx: Tx, id: string, version: number) {
  const { count } = await tx.approvalRule.updateMany({ where: { id, version }, data: { version: { increment: 1 } } });
  const rule = await tx.approvalRule.findUnique({ where: { id }, select: facts });
  if (!rule) throw new AppError("conflict", "Somebody deleted this rule meanwhile.");
  if (count === 0) {
    throw new AppError(
      "conflict",
      `Somebody changed “${rule.name}” meanwhile. Reload to see it, then change it again.`,
    );
  }
  return rule;
}

async function assertFits(tx: Tx, { name, sourceId }: RuleInput, ownId?: string) {
  const namesake = await tx.approvalRule.findUnique({ where: { name }, select: { id: true } });
  if (namesake && namesake.id !== ownId) {
    const fault = `There is a rule called “${name}” already.`;
    throw new AppError("invalid_input", fault, { fields: { name: fault } });
  }
  if (sourceId && !(await tx.feedSource.findUnique({ where: { id: sourceId }, select: { id: true } }))) {
    const fault = "This source is gone. Choose another one.";
    throw new AppError("invalid_input", fault, { fields: { sourceId: fault } });
  }
}
