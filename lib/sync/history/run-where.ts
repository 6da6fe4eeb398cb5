import "server-only";
import { normalizeCode } from "@/lib/catalog/codes";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import { findRunsRefusing, findRunsSaying, findRunsWithProduct } from "@/lib/db/run-search";
import { isPersonRun, PERSON_RUNS } from "@/lib/sync/run-triggers";
import type { RunSearch } from "@/lib/sync/search-params";
import type { Prisma } from "@/prisma/generated/sqlite/client";

const DAY_MS = 86_400_000;
/** Products that one SKU or code can stand for. */
const MOST_PRODUCTS = 20;

/** Which runs a search means: its filters, and its text anywhere in what a run says, reads, changes or refuses. */
export async function runWhere(search: Partial<RunSearch>): Promise<Prisma.SyncHistoryWhereInput> {
  const parts: Prisma.SyncHistoryWhereInput[] = [];
  if (search.source) parts.push({ feedSourceId: search.source });
  if (search.status) parts.push({ status: search.status });
  if (search.trigger) parts.push(triggerWhere(search.trigger));
  if (search.who) parts.push({ userId: search.who === "system" ? null : search.who });
  if (search.days) parts.push({ createdAt: { gte: new Date(Date.now() - search.days * DAY_MS) } });
  if (search.from) parts.push({ createdAt: { gte: new Date(`${search.from}T00:00:00Z`) } });
  if (search.to) parts.push({ createdAt: { lt: new Date(Date.parse(`${search.to}T00:00:00Z`) + DAY_MS) } });
  if (search.rejections) parts.push({ rejected: { gt: 0 } });
  if (search.dry) parts.push({ isDryRun: search.dry === "only" });
  if (search.q) parts.push(await textWhere(search.q));
  return { AND: parts };
}

function triggerWhere(trigger: NonNullable<RunSearch["trigger"]>): Prisma.SyncHistoryWhereInput {
  if (isPersonRun(trigger)) return { syncType: trigger };
  return trigger === "manual" ? { trigger, syncType: { notIn: [...PERSON_RUNS] } } : { trigger };
}

async function textWhere(q: string): Promise<Prisma.SyncHistoryWhereInput> {
  const [saying, changing, refusing] = await Promise.all([
    findRunsSaying(q),
    productsMeant(q).then((ids) => findRunsWithProduct(ids, q)),
    findRunsRefusing(q),
  ]);
  const number = /^#?\d{1,9}$/.test(q) ? Number(q.replace("#", "")) : null;
  return {
    OR: [
      { source: contains(q) },
      { files: { some: { name: contains(q) } } },
      { id: { in: [...new Set([...saying, ...changing, ...refusing])] } },
      ...(number === null ? [] : [{ number }]),
    ],
  };
}

/** By SKU, by any of its codes, or by the key that a source knows it under. */
async function productsMeant(q: string): Promise<string[]> {
  const sources = await db.feedSource.findMany({ select: { id: true } });
  const normalized = normalizeCode(q);
  const [bySku, byCode, byKey] = await Promise.all([
    db.product.findMany({ where: { sku: { in: [q, q.toUpperCase()] } }, select: { id: true }, take: MOST_PRODUCTS }),
    normalized
      ? db.productCode.findMany({ where: { normalized }, select: { productId: true }, take: MOST_PRODUCTS })
      : [],
    db.sourceItem.findMany({
      where: { sourceId: { in: sources.map((source) => source.id) }, entity: "product", externalKey: q },
      select: { productId: true },
      take: MOST_PRODUCTS,
    }),
  ]);
  const ids = [
    ...bySku.map((product) => product.id),
    ...[...byCode, ...byKey].flatMap(({ productId }) => productId ?? []),
  ];
  return [...new Set(ids)];
}
