import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { peopleById } from "@/lib/catalog/source-words";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { SOMEBODY_GONE } from "@/lib/users/person-names";
import { KEY_ALIAS } from "../match";

const PAGE = 50;
const VALUE_LIMIT = 100;

/** What people have answered about rows that named no product, the newest first. `after` is an answer's id. */
export async function listAnswers(actor: Actor, search: { source?: string; q: string; after?: number }) {
  assertCan(actor, "sync:read");
  const q = search.q.slice(0, VALUE_LIMIT);
  const found = await db.codeAlias.findMany({
    where: {
      ...(search.source ? { sourceId: search.source } : {}),
      ...(search.after ? { id: { lt: search.after } } : {}),
      ...(q ? { OR: [{ normalized: { contains: q } }, { product: { sku: { contains: q } } }] } : {}),
    },
    select: {
      id: true,
      type: true,
      normalized: true,
      createdById: true,
      createdAt: true,
      source: { select: { id: true, name: true } },
      product: { select: { id: true, sku: true, name: true } },
    },
    orderBy: { id: "desc" },
    take: PAGE + 1,
  });
  const rows = found.slice(0, PAGE);
  const names = await peopleById(rows.flatMap((row) => row.createdById ?? []));
  return {
    rows: rows.map(({ createdById, ...row }) => ({
      ...row,
      by: createdById ? (names.get(createdById) ?? SOMEBODY_GONE) : "system",
    })),
    next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null,
  };
}

export const undoAnswerInput = z.object({ aliasId: z.number().int().positive() });

/**
 * Forgets an answer: the source's next run asks again. What the answer's run wrote stays; undoing that run takes it back.
 * @throws {AppError} `conflict` when somebody took it back before
 */
export async function undoAnswer(actor: Actor, { aliasId }: z.output<typeof undoAnswerInput>) {
  assertCan(actor, "sync:review");
  return transaction(async (tx) => {
    const alias = await tx.codeAlias.findUnique({ where: { id: aliasId } });
    const { count } = await tx.codeAlias.deleteMany({ where: { id: aliasId } });
    if (!alias || count === 0) throw new AppError("conflict", "This answer has been taken back already.");
    if (alias.sourceId && alias.type === KEY_ALIAS && alias.productId) {
      // Its key would find the product by itself; unlinked, the source's next run asks.
      await tx.sourceItem.deleteMany({
        where: {
          sourceId: alias.sourceId,
          entity: "product",
          externalKey: alias.normalized,
          productId: alias.productId,
        },
      });
    }
    const before = { type: alias.type, code: alias.normalized, productId: alias.productId };
    const target = { entity: "FeedSource", entityId: alias.sourceId ?? "all" };
    await recordAudit(tx, actor, "match.undo", target, { before });
    return { key: alias.normalized };
  });
}
