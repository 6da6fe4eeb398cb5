import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan, can } from "@/lib/auth/actor";
import { upsertRows } from "@/lib/db/bulk";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { inboxSubject } from "./inbox-subject";

const MOST = 1_000;

export const assignInput = z.object({
  subjects: z.array(inboxSubject).min(1).max(MOST),
  /** Null: nobody. */
  assigneeId: z.string().max(64).nullable(),
});

/** Says who looks after things in the inbox. Staff take or leave their own; managers give to anybody. */
export async function assign(actor: Actor, { subjects, assigneeId }: z.output<typeof assignInput>) {
  assertCan(actor, "inbox:write");
  const me = actorUserId(actor);
  return transaction(async (tx) => {
    if (!can(actor, "sync:review")) {
      const others = await tx.inboxAssignment.count({
        where: { subject: { in: subjects }, assigneeId: { not: me ?? "" } },
      });
      if (others > 0 || (assigneeId !== null && assigneeId !== me)) {
        throw new AppError(
          "forbidden",
          "You can take what nobody has, and give back your own. Ask a manager for more.",
        );
      }
    }
    if (assigneeId === null) await tx.inboxAssignment.deleteMany({ where: { subject: { in: subjects } } });
    else {
      const person = await tx.user.findFirst({ where: { id: assigneeId, isActive: true }, select: { id: true } });
      if (!person) throw new AppError("not_found", "There is no such person any more. Choose another.");
      const updatedAt = new Date();
      const rows = subjects.map((subject) => ({ subject, assigneeId, updatedAt }));
      await upsertRows(tx, "InboxAssignment", ["subject"], ["assigneeId", "updatedAt"], rows);
    }
    for (const subject of subjects) {
      await recordAudit(tx, actor, "inbox.assign", { entity: "inbox", entityId: subject }, { after: { assigneeId } });
    }
    return { assigned: subjects.length };
  });
}

export const commentInput = z.object({
  subject: inboxSubject,
  text: z.string().trim().min(1, "Write something first.").max(2_000),
});

export async function comment(actor: Actor, { subject, text }: z.output<typeof commentInput>) {
  assertCan(actor, "inbox:write");
  const userId = actorUserId(actor);
  return transaction((tx) =>
    tx.inboxComment.create({ data: { subject, userId, author: actor.name, text }, select: { id: true } }),
  );
}

/** Who can be given something. */
export async function listAssignees(actor: Actor) {
  assertCan(actor, "sync:read");
  const users = await db.user.findMany({
    where: { isActive: true },
    select: { id: true, firstName: true, lastName: true, email: true },
    orderBy: { email: "asc" },
    take: 200,
  });
  return users.map((user) => ({ id: user.id, name: `${user.firstName} ${user.lastName}`.trim() || user.email }));
}
