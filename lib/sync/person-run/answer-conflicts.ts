import "server-only";
import { type Actor, SYSTEM } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { closeConflicts } from "@/lib/inbox/close-conflicts";
import type { SyncChangeKind } from "@/prisma/generated/sqlite/enums";
import type { ChangeFields } from "../change";

const NOT_CONFLICTS = ["ambiguous", "unmatched", "missing"] satisfies SyncChangeKind[];

/**
 * With a batch of a person's run: what conflicts asked about the fields it wrote is answered, as by an edit on the
 * product's own page. One query for the batch, then only the products of which something was asked.
 */
export async function answerConflicts(
  tx: Tx,
  userId: string | null,
  applied: { entity: string; entityId: string | null; fields: ChangeFields }[],
) {
  const fieldsOf = new Map(
    applied.flatMap(({ entity, entityId, fields }) =>
      entity === "product" && entityId && fields.update
        ? [[entityId, fields.update.map((line) => line.field)] as const]
        : [],
    ),
  );
  const kind = { notIn: NOT_CONFLICTS };
  const asked = await inParts(fieldsOf.keys(), (part) =>
    tx.syncChange.findMany({
      where: { entityId: { in: part }, openSince: { not: null }, kind },
      select: { entityId: true },
    }),
  );
  const open = [...new Set(asked.flatMap(({ entityId }) => entityId ?? []))];
  if (open.length === 0) return;
  const actor = await actorOf(tx, userId);
  for (const id of open) await closeConflicts(tx, actor, id, fieldsOf.get(id) ?? [], "other");
}

async function actorOf(tx: Tx, userId: string | null): Promise<Actor> {
  const user = userId && (await tx.user.findUnique({ where: { id: userId } }));
  if (!user) return SYSTEM;
  const { email, role } = user;
  return { kind: "user", userId: user.id, email, name: email, role, sessionId: null, scopes: [] };
}
