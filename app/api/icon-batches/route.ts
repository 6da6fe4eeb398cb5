import { askIconBatch, postIconBatchEndpoint } from "@/lib/api/icon-batches";
import { route } from "@/lib/route";

export const POST = route({ grant: "catalog:write", ...postIconBatchEndpoint }, async ({ actor, body }) =>
  Response.json(await askIconBatch(actor, body), { status: 201 }),
);
