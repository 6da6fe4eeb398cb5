import "server-only";
import { type Actor, actorUserId } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { takeOpenChanges } from "@/lib/db/inbox";
import { getChangeFields, setChangeFields } from "@/lib/db/sync-changes";
import { changeFields, type FieldChange } from "@/lib/sync/change";
import { asksPerson } from "./asks-person";

export type ConflictAnswer = NonNullable<FieldChange["answered"]>;

const WORDS: Record<ConflictAnswer, string> = {
  mine: "kept mine",
  feed: "took the feed's",
  other: "gave another value",
};

/**
 * A person has settled these fields of a product, here or on its own page: what conflicts asked about them is answered.
 * A change of several fields closes with the last of them. @returns how many fields were answered
 */
export async function closeConflicts(
  tx: Tx,
  actor: Actor,
  productId: string,
  fields: readonly string[],
  answer: ConflictAnswer,
): Promise<number> {
  const open = await tx.syncChange.findMany({
    where: {
      entityId: productId,
      openSince: { not: null },
      kind: { notIn: ["ambiguous", "unmatched", "missing"] },
    },
    select: { id: true },
  });
  return open.length === 0
    ? 0
    : answerLines(
        tx,
        actor,
        open.map((change) => change.id),
        fields,
        answer,
      );
}

/** As closeConflicts, for these changes; without `fields` all of their open lines. */
export async function answerLines(
  tx: Tx,
  actor: Actor,
  ids: number[],
  fields: readonly string[] | null,
  answer: ConflictAnswer,
): Promise<number> {
  const stored = await getChangeFields(ids, tx);
  const told: { changeId: number; fields: object }[] = [];
  const closed = new Map<string, number[]>();
  let answered = 0;
  for (const id of ids) {
    const change = changeFields.parse(stored.get(id) ?? {});
    const lines = (change.update ?? []).map((line) =>
      isOpenLine(line) && (fields === null || fields.includes(line.field)) ? { ...line, answered: answer } : line,
    );
    const before = change.update?.filter(isOpenLine).length ?? 0;
    const left = lines.filter(isOpenLine).length;
    if (left === before) continue;
    answered += before - left;
    told.push({ changeId: id, fields: { ...change, update: lines } });
    if (left === 0) {
      const words = [...new Set(lines.flatMap((line) => (line.answered ? WORDS[line.answered] : [])))].join(", ");
      closed.set(words, [...(closed.get(words) ?? []), id]);
    }
  }
  await setChangeFields(tx, told);
  for (const [words, done] of closed) {
    await takeOpenChanges(tx, done, { answer: words, userId: actorUserId(actor), only: "conflict" });
  }
  return answered;
}

/** A line that asks and is not answered yet. */
export function isOpenLine(line: FieldChange): boolean {
  return asksPerson(line) && line.answered === undefined;
}
