import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { peopleById } from "@/lib/catalog/source-words";
import { db, type Tx, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { countProductParts, NO_PARTS, type ProductParts } from "@/lib/db/product-parts";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { DuplicateState } from "@/prisma/generated/sqlite/enums";
import { type Evidence, evidence, evidenceWords } from "./evidence";
import { duplicatesJob } from "./find-job";

const PAGE = 20;

const place = z
  .string()
  .regex(/^[01](\.\d{1,3})?_[0-9a-f-]{36}$/)
  .transform((text) => ({ score: Number(text.split("_")[0]), id: text.split("_")[1] ?? "" }));

const duplicatesSearch = z.object({
  state: z.enum(["open", "dismissed", "merged"]).catch("open"),
  after: place.optional().catch(undefined),
});
export type DuplicatesSearch = z.output<typeof duplicatesSearch>;

export function parseDuplicatesSearch(params: Record<string, unknown>): DuplicatesSearch {
  return duplicatesSearch.parse(params);
}

const member = {
  id: true,
  sku: true,
  name: true,
  brand: true,
  priceCents: true,
  inventoryQuantity: true,
  status: true,
  version: true,
  createdAt: true,
  category: { select: { name: true } },
  quality: { select: { grade: true, score: true } },
  codes: { select: { type: true, code: true }, orderBy: { id: "asc" }, take: 8 },
  sourceItems: { select: { externalKey: true, source: { select: { name: true } } }, orderBy: { id: "asc" }, take: 5 },
  images: {
    where: { isActive: true },
    select: { id: true, storagePath: true, fileHash: true },
    orderBy: [{ isFeatured: "desc" }, { sortOrder: "asc" }, { id: "asc" }],
    take: 1,
  },
} satisfies Prisma.ProductSelect;
export type DuplicateProduct = Prisma.ProductGetPayload<{ select: typeof member }> & { _count: ProductParts };

export interface DuplicateGroupRow {
  id: string;
  state: DuplicateState;
  score: number;
  suggestedId: string | null;
  /** What speaks for it, in words, with whom it is about. */
  evidence: { kind: Evidence["kind"]; words: string; productIds: string[] }[];
  products: DuplicateProduct[];
  answered: { by: string; at: Date; run: number | null } | null;
}

/** The report, surest first. */
export async function listDuplicateGroups(actor: Actor, { state, after }: DuplicatesSearch) {
  assertCan(actor, "catalog:read");
  const behind = after && { OR: [{ score: { lt: after.score } }, { score: after.score, id: { gt: after.id } }] };
  const groups = await db.duplicateGroup.findMany({
    where: { AND: [{ state }, behind ?? {}] },
    include: { members: { select: { productId: true } } },
    orderBy: [{ score: "desc" }, { id: "asc" }],
    take: PAGE + 1,
  });
  const rows = groups.slice(0, PAGE);
  const ids = rows.flatMap((group) => group.members.map(({ productId }) => productId));
  const [products, parts, people, runs] = await Promise.all([
    inParts(ids, (part) => db.product.findMany({ where: { id: { in: part } }, select: member })),
    countProductParts(ids),
    peopleById(rows.flatMap(({ answeredById }) => answeredById ?? [])),
    inParts(
      rows.flatMap(({ runId }) => runId ?? []),
      (part) => db.syncHistory.findMany({ where: { id: { in: part } }, select: { id: true, number: true } }),
    ),
  ]);
  const byId = new Map(
    products.map((product) => [product.id, { ...product, _count: parts.get(product.id) ?? NO_PARTS }]),
  );
  const runOf = new Map(runs.map(({ id, number }) => [id, number]));
  const last = rows.at(-1);
  return {
    rows: rows.map((group): DuplicateGroupRow => {
      const { id, score, suggestedId, answeredAt, answeredById, runId } = group;
      const by = (answeredById && people.get(answeredById)) || "the system";
      return {
        ...{ id, state: group.state, score, suggestedId },
        evidence: evidence
          .array()
          .parse(group.evidence)
          .map((one) => ({ kind: one.kind, words: evidenceWords(one), productIds: one.productIds })),
        products: group.members.flatMap(({ productId }) => byId.get(productId) ?? []),
        answered: answeredAt && { by, at: answeredAt, run: (runId && runOf.get(runId)) || null },
      };
    }),
    next: groups.length > PAGE && last ? `${last.score}_${last.id}` : null,
  };
}

/** How many groups each state has, and the search for them that runs or ran last. */
export async function duplicatesSummary(actor: Actor) {
  assertCan(actor, "catalog:read");
  const [groups, job] = await Promise.all([
    db.duplicateGroup.groupBy({ by: ["state"], _count: { _all: true } }),
    db.job.findFirst({
      where: { jobType: duplicatesJob.name },
      orderBy: { createdAt: "desc" },
      select: { id: true, status: true, createdAt: true, completedAt: true },
    }),
  ]);
  const count = (state: DuplicateState) => groups.find((group) => group.state === state)?._count._all ?? 0;
  return { open: count("open"), dismissed: count("dismissed"), merged: count("merged"), job };
}

/** Has the worker look the catalogue through; one that is about to do so already is taken. */
export async function requestDuplicates(actor: Actor) {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const waiting = await tx.job.findFirst({
      where: { jobType: duplicatesJob.name, status: { in: ["pending", "running"] } },
      select: { id: true },
    });
    return { jobId: waiting?.id ?? (await enqueue(tx, actor, duplicatesJob, {})), wasThere: waiting !== null };
  });
}

export const groupInput = z.object({ id: z.uuid() });

/** Says that the products of a group are different ones: it is not found again. @throws {AppError} `conflict` */
export async function dismissGroup(actor: Actor, { id }: z.output<typeof groupInput>) {
  assertCan(actor, "catalog:write");
  await transaction((tx) => answer(tx, actor, id, { from: "open", to: "dismissed", action: "duplicates.dismiss" }));
}

/** Takes a dismissal back. @throws {AppError} `conflict` */
export async function reopenGroup(actor: Actor, { id }: z.output<typeof groupInput>) {
  assertCan(actor, "catalog:write");
  await transaction((tx) => answer(tx, actor, id, { from: "dismissed", to: "open", action: "duplicates.reopen" }));
}

async function answer(
  tx: Tx,
  actor: Actor,
  id: string,
  { from, to, action }: { from: DuplicateState; to: DuplicateState; action: string },
) {
  const data = { state: to, answeredById: actorUserId(actor), answeredAt: new Date() };
  const { count } = await tx.duplicateGroup.updateMany({
    where: { id, state: from },
    data: to === "open" ? { state: to, answeredById: null, answeredAt: null } : data,
  });
  if (count === 0) {
    const group = await tx.duplicateGroup.findUnique({ where: { id }, select: { state: true } });
    if (!group) throw new AppError("not_found", "This group is not in the report any more.");
    throw new AppError("conflict", `Somebody was quicker: this group is ${group.state} already. Load the page again.`);
  }
  const members = await tx.duplicateMember.findMany({
    where: { groupId: id },
    select: { product: { select: { sku: true } } },
  });
  const after = { products: members.map(({ product }) => product.sku).join(", ") };
  await recordAudit(tx, actor, action, { entity: "DuplicateGroup", entityId: id }, { after });
}
