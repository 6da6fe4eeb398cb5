import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { upsertRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { takeOpenChanges } from "@/lib/db/inbox";
import { getChangeFields } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { changeFields } from "../change";
import { KEY_ALIAS } from "../match";
import { lacksForNew } from "./new-product";
import { requestAnswerRun } from "./request-answer-run";
import { type HeldItem, heldItem } from "./stored-item";

/** Rows answered in one go. */
export const MOST_ANSWERS = 1_000;

const matchAnswer = z.discriminatedUnion("as", [
  z.object({ as: z.literal("product"), productId: z.uuid() }),
  z.object({
    as: z.literal("new"),
    /** What the feed lacks and a person gives, for one row. */
    sku: z.string().trim().max(100).optional(),
    name: z.string().trim().max(500).optional(),
  }),
  z.object({ as: z.literal("left_out") }),
]);
export const answerMatchInput = z.object({
  changeIds: z.array(z.number().int().positive()).min(1).max(MOST_ANSWERS),
  answer: matchAnswer,
});
export type AnswerMatchInput = z.output<typeof answerMatchInput>;

interface HeldRow {
  id: number;
  externalKey: string;
  sourceId: string;
  source: string;
  item: HeldItem | null;
}

/**
 * Says which product held rows are. The answer is remembered for later runs and, where the row is known in full,
 * applied at once by a run of its own.
 * @throws {AppError} `conflict` when others answered all of them first; `invalid_input` when a row can't be answered so
 */
export async function answerMatches(actor: Actor, { changeIds, answer }: AnswerMatchInput) {
  assertCan(actor, "sync:review");
  return transaction(async (tx) => {
    const sku = answer.as === "product" ? await skuOf(tx, answer.productId) : null;
    const words =
      answer.as === "product" ? `matched to ${sku}` : answer.as === "new" ? "made a new product" : "left out";
    const ids = [...new Set(changeIds)];
    const taken = await takeOpenChanges(tx, ids, {
      answer: words,
      userId: actorUserId(actor),
      state: "skipped",
      only: "match",
    });
    if (taken.length === 0) throw await answeredAlready(tx, ids);
    const rows = await heldRows(tx, taken);
    await closeTwins(tx, actor, rows, words);
    if (answer.as === "product") await refuseTaken(tx, rows, answer.productId);
    if (answer.as === "new") refuseLacking(rows, answer);
    else await rememberAnswer(tx, actor, rows, answer.as === "product" ? answer.productId : null);
    const runs = answer.as === "left_out" ? [] : await requestRuns(tx, actor, rows, answer);
    for (const { sourceId, keys } of bySource(rows)) {
      const target = { entity: "FeedSource", entityId: sourceId };
      await recordAudit(tx, actor, "match.answer", target, { after: { answer: words, keys: keys.slice(0, 100) } });
    }
    return { answered: taken.length, late: ids.length - taken.length, runs };
  });
}

async function skuOf(tx: Tx, productId: string) {
  const product = await tx.product.findUnique({ where: { id: productId }, select: { sku: true } });
  if (!product) throw new AppError("not_found", "This product is gone. Choose another.");
  return product.sku;
}

async function answeredAlready(tx: Tx, ids: number[]) {
  const change = await tx.syncChange.findFirst({
    where: { id: { in: ids }, answeredAt: { not: null } },
    select: { answer: true, answeredById: true },
  });
  const user = change?.answeredById ? await tx.user.findUnique({ where: { id: change.answeredById } }) : null;
  const who = user ? `${user.firstName} ${user.lastName}`.trim() || user.email : "somebody";
  const what = ids.length === 1 ? "This row is" : "These rows are";
  if (!change) return new AppError("conflict", `${what} not waiting any more. Reload to see what came of it.`);
  return new AppError("conflict", `${what} answered already: ${change.answer} (${who}).`);
}

async function heldRows(tx: Tx, ids: number[]): Promise<HeldRow[]> {
  const changes = await tx.syncChange.findMany({
    where: { id: { in: ids } },
    select: { id: true, externalKey: true, run: { select: { feedSourceId: true, source: true } } },
    orderBy: { id: "asc" },
  });
  const fields = await getChangeFields(ids, tx);
  return changes.flatMap(({ id, externalKey, run }) => {
    if (!run.feedSourceId) return [];
    const item = changeFields.parse(fields.get(id) ?? {}).item ?? null;
    return { id, externalKey, sourceId: run.feedSourceId, source: run.source, item };
  });
}

/** The same row may be held by two runs, one of them still in review: one answer is enough. */
async function closeTwins(tx: Tx, actor: Actor, rows: HeldRow[], answer: string) {
  for (const { sourceId, keys } of bySource(rows)) {
    const twins = await tx.syncChange.findMany({
      where: { openSince: { not: null }, externalKey: { in: keys }, run: { feedSourceId: sourceId } },
      select: { id: true },
    });
    const ids = twins.map((twin) => twin.id);
    await takeOpenChanges(tx, ids, { answer, userId: actorUserId(actor), state: "skipped", only: "match" });
  }
}

function bySource(rows: HeldRow[]) {
  return [...new Set(rows.map((row) => row.sourceId))].map((sourceId) => {
    const held = rows.filter((row) => row.sourceId === sourceId);
    return { sourceId, held, keys: [...new Set(held.map((row) => row.externalKey))] };
  });
}

/** One source, one product, one key: two would write over each other with every run. */
async function refuseTaken(tx: Tx, rows: HeldRow[], productId: string) {
  if (rows.length > 1) throw new AppError("invalid_input", "One product can be one row of a feed. Answer row by row.");
  const [row] = rows;
  if (!row) return;
  const other = await tx.sourceItem.findFirst({
    where: {
      productId,
      sourceId: row.sourceId,
      entity: "product",
      externalKey: { not: row.externalKey },
      missingRuns: 0,
    },
    select: { externalKey: true },
  });
  if (!other) return;
  throw new AppError(
    "invalid_input",
    `${row.source} already lists this product as ${other.externalKey}. Choose another product, or leave this row out.`,
  );
}

function refuseLacking(rows: HeldRow[], given: { sku?: string; name?: string }) {
  if (rows.length > 1 && (given.sku || given.name)) {
    throw new AppError("invalid_input", "A SKU or name can be given for one row at a time.");
  }
  for (const row of rows) {
    const lacks = lacksForNew(row.item, given);
    if (lacks) throw new AppError("invalid_input", `${row.externalKey}: ${lacks}`);
  }
}

async function rememberAnswer(tx: Tx, actor: Actor, rows: HeldRow[], productId: string | null) {
  const aliases = bySource(rows).flatMap(({ sourceId, keys }) =>
    keys.map((key) => ({
      sourceId,
      type: KEY_ALIAS,
      normalized: key,
      productId,
      createdById: actorUserId(actor),
      createdAt: new Date(),
    })),
  );
  const changed = ["productId", "createdById", "createdAt"];
  await upsertRows(tx, "CodeAlias", ["sourceId", "type", "normalized"], changed, aliases);
}

async function requestRuns(tx: Tx, actor: Actor, rows: HeldRow[], answer: AnswerMatchInput["answer"]) {
  const runs: { runId: string; number: number; jobId: string }[] = [];
  for (const { sourceId, held } of bySource(rows)) {
    const whole = held.filter((row) => heldItem.safeParse(row.item).success);
    if (whole.length === 0) continue;
    const answers = whole.map(({ id }) =>
      answer.as === "new" ? { ...answer, changeId: id } : { as: "product" as const, changeId: id },
    );
    const source = { id: sourceId, name: held[0]?.source ?? "" };
    const run = await requestAnswerRun(tx, actor, source, answers, formatPlural(whole.length, "answer"));
    runs.push(run);
  }
  return runs;
}
