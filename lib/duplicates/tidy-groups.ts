import "server-only";
import { insertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/sync/new-id";
import { type Evidence, evidence, scoreOf, speaksFor } from "./evidence";
import { groupKey } from "./group-key";

interface Merged {
  groupId: string;
  survivorId: string;
  loserIds: readonly string[];
}

interface Group {
  id: string | null;
  members: string[];
  evidence: Evidence[];
  suggestedId: string | null;
}

/**
 * What a merge leaves of the report: where a merged product stood in another open group, the survivor has what spoke for
 * it now; those of the merged group that stayed out of the merge are asked about again, with the survivor.
 */
export async function tidyGroups(tx: Tx, { groupId, survivorId, loserIds }: Merged) {
  const losers = new Set(loserIds);
  const found = await tx.duplicateGroup.findMany({
    where: {
      OR: [{ id: groupId }, { state: "open", members: { some: { productId: { in: [...losers] } } } }],
    },
    include: { members: { select: { productId: true } } },
    orderBy: { id: "asc" },
  });
  for (const row of found) {
    const isMerged = row.id === groupId;
    const members = row.members.map(({ productId }) => productId);
    const left = successor(
      {
        id: isMerged ? null : row.id,
        members,
        evidence: evidence.array().parse(row.evidence),
        suggestedId: row.suggestedId,
      },
      survivorId,
      losers,
    );
    if (!isMerged) await tx.duplicateGroup.delete({ where: { id: row.id }, select: { id: true } });
    if (left) await keep(tx, left);
  }
}

/** The group with the survivor in the place of the merged; null where nothing is left to ask. */
function successor(group: Group, survivorId: string, losers: ReadonlySet<string>): Group | null {
  const instead = (ids: string[]) => [...new Set(ids.map((id) => (losers.has(id) ? survivorId : id)))].sort();
  const members = instead(group.members);
  const said = group.evidence
    .map((one) => ({ ...one, productIds: instead(one.productIds) }))
    .filter(({ productIds }) => productIds.length > 1);
  const named = new Set(said.filter(speaksFor).flatMap(({ productIds }) => productIds));
  const asked = members.filter((id) => named.has(id));
  if (asked.length < 2) return null;
  const suggestedId = group.suggestedId && losers.has(group.suggestedId) ? survivorId : group.suggestedId;
  return {
    ...group,
    members: asked,
    evidence: said,
    suggestedId: asked.includes(suggestedId ?? "") ? suggestedId : survivorId,
  };
}

async function keep(tx: Tx, { members, evidence: said, suggestedId }: Group) {
  const key = groupKey(members);
  // The same products may stand in a group already, open or answered: that one says it.
  if ((await tx.duplicateGroup.count({ where: { key } })) > 0) return;
  const now = new Date();
  const id = newId();
  await insertRows(tx, "DuplicateGroup", [
    {
      ...{ id, key, state: "open", evidence: said, score: scoreOf(said), suggestedId },
      createdAt: now,
      updatedAt: now,
    },
  ]);
  await insertRows(
    tx,
    "DuplicateMember",
    members.map((productId) => ({ groupId: id, productId })),
  );
}
