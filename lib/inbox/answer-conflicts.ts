import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { isProductField } from "@/lib/catalog/product-fields";
import { releaseField, releaseMetafield } from "@/lib/catalog/release-value";
import { db, type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { changeFields, type FieldChange } from "@/lib/sync/change";
import { isUnknownCategory } from "./asks-person";
import { answerLines, isOpenLine } from "./close-conflicts";

/** Conflicts answered in one go: the feed's value is written product by product. */
const MOST = 200;

export const answerConflictsInput = z.object({
  changeIds: z.array(z.number().int().positive()).min(1).max(MOST),
  /** One field of the change; without it all that are open. */
  field: z.string().max(300).optional(),
  answer: z.enum(["mine", "feed"]),
});

/**
 * Settles where a feed says other than what a person keeps: mine stays kept against this very word of the feed, or the
 * feed's takes its place.
 * @throws {AppError} `conflict` when somebody settled all of it first
 */
export async function answerConflicts(actor: Actor, input: z.output<typeof answerConflictsInput>) {
  assertCan(actor, "sync:review");
  const { changeIds, field, answer } = input;
  const answered =
    answer === "mine" ? await keepMine(actor, changeIds, field) : await takeFeeds(actor, changeIds, field);
  if (answered === 0) throw new AppError("conflict", "Somebody else has settled this already. Reload to see how.");
  return { answered };
}

function keepMine(actor: Actor, changeIds: number[], field: string | undefined) {
  return transaction(async (tx) => {
    const open = await openChanges(tx, changeIds);
    const ids = open.map((change) => change.id);
    const answered = await answerLines(tx, actor, ids, field ? [field] : null, "mine");
    for (const { entityId } of open) {
      const target = { entity: "product", entityId: entityId ?? "" };
      await recordAudit(tx, actor, "conflict.keep", target, { after: { field: field ?? "all" } });
    }
    return answered;
  });
}

async function takeFeeds(actor: Actor, changeIds: number[], field: string | undefined) {
  let answered = 0;
  for (const { id, entityId } of await openChanges(db, changeIds)) {
    const detail = await db.syncChangeDetail.findUnique({ where: { changeId: id } });
    const lines = changeFields.parse(detail?.fields ?? {}).update ?? [];
    for (const line of lines) {
      if (!entityId || !isOpenLine(line) || (field && line.field !== field)) continue;
      await takeFeed(actor, entityId, line);
      answered++;
    }
  }
  return answered;
}

/** Writes what the feed says now: the release itself settles what was asked about the field. */
async function takeFeed(actor: Actor, productId: string, line: FieldChange) {
  if (isUnknownCategory(line)) {
    throw new AppError(
      "invalid_input",
      `Nobody knows the feed's category ${String(line.after)}. Keep the present one, or choose one on the product's page.`,
    );
  }
  const [kind, name] = line.field.split(/:(.*)/s);
  if (kind === "metafield" && name) {
    const dot = name.indexOf(".");
    await releaseMetafield(actor, { productId, namespace: name.slice(0, dot), key: name.slice(dot + 1) });
    return;
  }
  const field = line.field === "category" ? "categoryId" : line.field;
  if (!isProductField(field)) throw new AppError("invalid_input", "This field can't be taken from the feed by hand.");
  await releaseField(actor, { id: productId, field });
}

function openChanges(on: Tx, ids: number[]) {
  return on.syncChange.findMany({
    where: { id: { in: ids }, openSince: { not: null }, kind: { notIn: ["ambiguous", "unmatched", "missing"] } },
    select: { id: true, entityId: true },
    orderBy: { id: "asc" },
  });
}
