import "server-only";
import type { FieldSource } from "@/lib/catalog/field-source";
import { db, transaction } from "@/lib/db/client";
import { type ChangeRow, insertChanges } from "@/lib/db/sync-changes";
import { policiesOf } from "@/lib/feeds/policies";
import type { JobContext } from "@/lib/jobs/define-job";
import type { FeedSource } from "@/prisma/generated/sqlite/client";
import { startApplying } from "../apply-approved";
import { CategoryMap } from "../category-map";
import { changeFields } from "../change";
import type { Match } from "../decide-match";
import { fieldHashes, productHash } from "../item-hash";
import { loadRunSources } from "../load-products";
import { Matcher } from "../match";
import type { RunMetadata } from "../run-metadata";
import { stageProducts } from "../stage-products";
import type { StagedProduct, StagingContext } from "../staged-product";
import { linkedKeys } from "./linked-keys";
import { completedItem } from "./new-product";
import { type HeldItem, itemFrom } from "./stored-item";

/** Answers staged together. */
const BATCH = 1_000;

interface Answered {
  changeId: number;
  item: HeldItem;
  given: { sku?: string; name?: string } | null;
  by: FieldSource | null;
}

/** Writes down what answered rows change, approved: the answer was the review. */
export async function stageAnswers(
  run: { id: string; source: FeedSource; metadata: RunMetadata },
  context: JobContext,
) {
  const { source } = run;
  const [sources, categories] = await Promise.all([loadRunSources(db), CategoryMap.load(db, source.id)]);
  const staging: Omit<StagingContext, "matcher"> = {
    on: db,
    runId: run.id,
    sourceId: source.id,
    kind: source.kind,
    policies: { ...policiesOf(source.kind, source.policies), unmatched: "create" },
    categories,
    sources,
  };
  const matcher = new Matcher(db, source.id);
  const counts = { created: 0, updated: 0, unchanged: 0, held: 0, rejected: 0 };
  const answers = run.metadata.answering ?? [];
  const warnings: string[] = [];
  for (let at = 0; at < answers.length; at += BATCH) {
    const rows = await open(answers.slice(at, at + BATCH), source.id);
    const known = rows.filter((row) => !row.given);
    const made = rows.filter((row) => row.given);
    const staged = [
      ...(await stageProducts(
        { ...staging, matcher },
        known.map((row) => itemFrom(row.item)),
      )),
      ...(await stageProducts({ ...staging, matcher: NO_MATCH }, made.map(newItem))),
    ];
    const changes = staged.flatMap((one) => changeOf(one, rows, counts, warnings));
    await transaction(async (tx) => {
      await context.assertHeld(tx);
      await insertChanges(tx, changes);
    });
  }
  await transaction(async (tx) => {
    await context.assertHeld(tx);
    await tx.syncHistory.update({
      where: { id: run.id },
      data: {
        ...counts,
        totalItems: answers.length,
        warnings,
      },
    });
    await startApplying(tx, run.id);
  });
}

/** A person said that it is a new product: codes that name others are no question any more. */
const NO_MATCH: Pick<Matcher, "match"> = {
  match: async (items) => new Map(items.map((item) => [item.key, { outcome: "none" } satisfies Match])),
};

function newItem({ item, given }: Answered) {
  return itemFrom(completedItem(item, given ?? {}));
}

/** The answered rows that no later run has taken in meanwhile: its word on them is the newer one. */
async function open(answers: NonNullable<RunMetadata["answering"]>, sourceId: string): Promise<Answered[]> {
  const ids = answers.map((answer) => answer.changeId);
  const changes = await db.syncChange.findMany({
    where: { id: { in: ids } },
    select: { id: true, externalKey: true, answeredById: true, answeredAt: true, detail: { select: { fields: true } } },
  });
  const done = await linkedKeys(
    sourceId,
    changes.map((change) => change.externalKey),
  );
  const answerOf = new Map(answers.map((answer) => [answer.changeId, answer]));
  return changes.flatMap((change) => {
    const { item } = changeFields.parse(change.detail?.fields ?? {});
    const answer = answerOf.get(change.id);
    if (!item || !answer || done.has(change.externalKey)) return [];
    const at = (change.answeredAt ?? new Date()).toISOString();
    const by: FieldSource | null = change.answeredById ? { by: "person", id: change.answeredById, at } : null;
    return { changeId: change.id, item, given: answer.as === "new" ? answer : null, by };
  });
}

function changeOf(
  staged: StagedProduct,
  rows: Answered[],
  counts: Record<"created" | "updated" | "unchanged" | "held" | "rejected", number>,
  warnings: string[],
): ChangeRow[] {
  if (staged.outcome === "unchanged" || staged.outcome === "skipped") {
    counts.unchanged++;
    return [];
  }
  if (staged.outcome === "rejected") {
    counts.rejected++;
    warnings.push(`${staged.item.key}: ${staged.rejection.reason}`);
    return [];
  }
  if (staged.outcome === "held") {
    counts.held++;
    warnings.push(`${staged.item.key}: ${String(staged.change.reason ?? "It still names no product.")}`);
    return [];
  }
  counts[staged.outcome === "new" ? "created" : "updated"]++;
  const row = rows.find((one) => one.item.key === staged.item.key);
  const change = { ...staged.change, state: "approved" };
  return [row?.given ? asGiven(change, row) : change];
}

/** What the person gave is the person's; what the source is remembered to have said is the feed's own row. */
function asGiven(change: ChangeRow, { item, given, by }: Answered): ChangeRow {
  const fields = changeFields.parse(change.fields);
  if (!fields.product) return change;
  const own = itemFrom(item);
  const fieldSources = given?.name && by ? { name: by } : undefined;
  return {
    ...change,
    fields: {
      ...fields,
      product: { ...fields.product, ...(fieldSources && { fieldSources }) },
      said: { contentHash: productHash(own), fieldHashes: fieldHashes(own) },
    },
  };
}
