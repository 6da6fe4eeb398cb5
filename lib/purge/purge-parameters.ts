import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { listSelection } from "@/lib/catalog/selection";
import { db } from "@/lib/db/client";
import type { StartedJob } from "@/lib/jobs/define-job";
import { chosen } from "@/lib/jobs/parameter";
import { runMetadata } from "@/lib/sync/run-metadata";

/** What a person gives to plan the deletion of a list's products. */
export const purgeParameters = z.object({
  query: listSelection.shape.query.default("status=archived").meta({
    title: "Which products",
    description: "The address of a product list, after its ?: status=archived&brand=Acme. What is not archived stays.",
  }),
  category: chosen("category", "In the category", "Only products of it and what is below it.").optional(),
});
type Given = z.output<typeof purgeParameters>;

/** @throws {AppError} as `requestPurge` */
export async function startPurge(actor: Actor, { query, category }: Given): Promise<StartedJob> {
  const { requestPurge } = await import("./request-purge");
  return requestPurge(actor, { selection: { query, category: category ?? null, except: [] }, count: null });
}

/** Ticked products are not a form's. */
export async function recallPurge({ runId }: { runId: string }): Promise<z.input<typeof purgeParameters>> {
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { metadata: true } });
  const selection = listSelection.safeParse(runMetadata.parse(run?.metadata ?? {}).purge?.selection).data;
  if (!selection) return {};
  const { query, category } = selection;
  return category === null ? { query } : { query, category };
}
