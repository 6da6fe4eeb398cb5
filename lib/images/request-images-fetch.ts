import "server-only";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/jobs/enqueue";
import { type FetchScope, pendingPictures } from "./fetch-scope";
import { imagesFetchJob } from "./images-fetch-job";

/**
 * Has the worker fetch pictures. Where the same is under way already, that job is the answer.
 * @throws {AppError} `conflict` when there is nothing to fetch; `not_found` for an unknown product or category
 */
export async function requestImagesFetch(
  actor: Actor,
  scope: FetchScope,
): Promise<{ jobId: string; pictures: number }> {
  assertCan(actor, "catalog:write");
  const since = new Date();
  const { name, path } = await scopeInWords(scope);
  const pictures = await db.productImage.count({ where: pendingPictures(scope, since, path) });
  return transaction(async (tx) => {
    await lockName(tx, "job queue");
    const open = await tx.job.findMany({
      where: { jobType: imagesFetchJob.name, status: { in: ["pending", "running", "paused"] } },
      select: { id: true, parameters: true },
    });
    const same = open.find((job) => {
      const payload = imagesFetchJob.payload.safeParse(job.parameters);
      return payload.success && JSON.stringify(payload.data.scope) === JSON.stringify(scope);
    });
    if (same) return { jobId: same.id, pictures };
    if (pictures === 0) throw new AppError("conflict", NOTHING[scope.kind]);
    const jobId = await enqueue(
      tx,
      actor,
      imagesFetchJob,
      { scope, since: since.toISOString() },
      // A person waits for one product's; the many let everything else pass.
      { displayName: `Fetch ${name}`, priority: scope.kind === "product" ? 0 : -1 },
    );
    await recordAudit(tx, actor, "image.fetch", { entity: "Job", entityId: jobId }, { after: { scope, pictures } });
    return { jobId, pictures };
  });
}

const NOTHING: Record<FetchScope["kind"], string> = {
  product: "All pictures of this product are here already.",
  category: "All pictures of this category are here already.",
  missing: "There is no picture that nobody tried to fetch.",
  broken: "There is no picture that failed.",
};

async function scopeInWords(scope: FetchScope): Promise<{ name: string; path?: string }> {
  if (scope.kind === "missing") return { name: "pictures that are missing" };
  if (scope.kind === "broken") return { name: "pictures that failed" };
  if (scope.kind === "product") {
    const product = await db.product.findUnique({ where: { id: scope.id }, select: { sku: true } });
    if (!product) throw new AppError("not_found", "There is no such product.");
    return { name: `pictures of ${product.sku}` };
  }
  const category = await db.category.findUnique({ where: { id: scope.id }, select: { name: true, path: true } });
  if (!category) throw new AppError("not_found", "There is no such category.");
  return { name: `pictures in ${category.name}`, path: category.path };
}
