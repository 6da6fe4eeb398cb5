import "server-only";
import { productSkus } from "@/lib/catalog/product-skus";
import { peopleById } from "@/lib/catalog/source-words";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";

export interface AuditTarget {
  words: string;
  href: string | null;
}

/** What audit entries speak of, in words with where it stands, by `entity:id`; what is gone is absent. */
export async function auditTargets(entries: { entity: string; entityId: string }[]): Promise<Map<string, AuditTarget>> {
  const idsOf = (entity: string) => [
    ...new Set(entries.filter((entry) => entry.entity === entity).map((entry) => entry.entityId)),
  ];
  const [sources, runs, jobs, rules, products, categories, definitions, views, people, icons, batches] =
    await Promise.all([
      db.feedSource.findMany({ where: { id: { in: idsOf("FeedSource") } }, select: { id: true, name: true } }),
      db.syncHistory.findMany({
        where: { id: { in: idsOf("SyncHistory") } },
        select: { id: true, number: true, source: true },
      }),
      db.job.findMany({ where: { id: { in: idsOf("Job") } }, select: { id: true, displayName: true } }),
      db.approvalRule.findMany({ where: { id: { in: idsOf("ApprovalRule") } }, select: { id: true, name: true } }),
      productSkus(idsOf("product")),
      inParts(idsOf("category"), (part) =>
        db.category.findMany({ where: { id: { in: part } }, select: { id: true, name: true, path: true } }),
      ),
      db.metafieldDefinition.findMany({
        where: { id: { in: idsOf("MetafieldDefinition") } },
        select: { id: true, name: true },
      }),
      db.savedView.findMany({ where: { id: { in: idsOf("view") } }, select: { id: true, name: true } }),
      peopleById(idsOf("user")),
      inParts(idsOf("icon"), (part) =>
        db.icon.findMany({ where: { id: { in: part } }, select: { id: true, filename: true } }),
      ),
      db.iconBatch.findMany({ where: { id: { in: idsOf("IconBatch") } }, select: { id: true, number: true } }),
    ]);
  const target = (entity: string, id: string, words: string, href: string | null) =>
    [`${entity}:${id}`, { words, href }] as const;
  return new Map<string, AuditTarget>([
    ...sources.map(({ id, name }) => target("FeedSource", id, name, `/feeds/${id}`)),
    ...runs.map(({ id, number, source }) =>
      target("SyncHistory", id, `run ${number} of ${source}`, `/syncs/${number}`),
    ),
    ...jobs.map(({ id, displayName }) => target("Job", id, displayName, `/jobs/${id}`)),
    ...rules.map(({ id, name }) => target("ApprovalRule", id, name, null)),
    ...[...products].map(([id, sku]) => target("product", id, sku, `/products/${id}?tab=history`)),
    ...categories.map(({ id, name, path }) => target("category", id, name, `/catalog/${path}`)),
    ...definitions.map(({ id, name }) => target("MetafieldDefinition", id, name, `/metafields/${id}`)),
    ...views.map(({ id, name }) => target("view", id, name, null)),
    ...batches.map(({ id, number }) => target("IconBatch", id, `batch ${number} of icons`, `/icons/batches/${number}`)),
    ...icons.map(({ id, filename }) => target("icon", id, filename, `/icons/${id}`)),
    ...[...people].map(([id, name]) => target("user", id, name, null)),
  ]);
}
