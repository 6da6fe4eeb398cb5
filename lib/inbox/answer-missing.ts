import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { takeOpenChanges } from "@/lib/db/inbox";
import { AppError } from "@/lib/errors";

/** Products answered in one go: each is archived by an edit of its own. */
const MOST = 200;

export const answerMissingInput = z.object({
  changeIds: z.array(z.number().int().positive()).min(1).max(MOST),
  answer: z.enum(["archive", "keep"]),
});

/**
 * What becomes of products that a source has not listed for too long: archived, or kept without another question until
 * they have come back.
 * @throws {AppError} `conflict` when somebody answered all of them first
 */
export async function answerMissing(actor: Actor, { changeIds, answer }: z.output<typeof answerMissingInput>) {
  assertCan(actor, "sync:review");
  const words = answer === "archive" ? "archived" : "kept in the catalogue";
  const products = await transaction(async (tx) => {
    const taken = await takeOpenChanges(tx, changeIds, { answer: words, userId: actorUserId(actor), only: "missing" });
    if (taken.length === 0)
      throw new AppError("conflict", "Somebody else has answered this already. Reload to see how.");
    const changes = await tx.syncChange.findMany({
      where: { id: { in: taken } },
      select: { id: true, entityId: true, label: true },
    });
    for (const { entityId } of changes) {
      await recordAudit(tx, actor, `missing.${answer}`, { entity: "product", entityId: entityId ?? "" });
    }
    return changes;
  });
  if (answer === "archive") for (const product of products) await archive(actor, product);
  return { answered: products.length };
}

async function archive(actor: Actor, { id, entityId }: { id: number; entityId: string | null }) {
  const product = entityId && (await db.product.findUnique({ where: { id: entityId }, select: { status: true } }));
  if (!product) return;
  try {
    const status = { from: product.status, to: "archived" };
    await updateProduct(actor, { id: entityId, changes: { status }, metafields: [] });
  } catch (error) {
    // What could not be archived is asked again; the person is told why.
    await transaction((tx) =>
      tx.syncChange.updateMany({
        where: { id },
        data: { openSince: new Date(), answer: null, answeredAt: null, answeredById: null },
      }),
    );
    throw error;
  }
}
