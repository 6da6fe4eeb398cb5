import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { getChangeFields } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import type { StartedJob } from "@/lib/jobs/define-job";
import { chosen } from "@/lib/jobs/parameter";
import { changeFields } from "../change";
import { heldItem } from "./stored-item";

/** What a person gives to answer one held row. */
export const answerParameters = z.object({
  row: chosen("held-row", "Row", "One that waits in the inbox."),
  as: z
    .enum(["product", "new"])
    .default("product")
    .meta({ title: "It is", labels: { product: "a product that is there", new: "a new product" } }),
  product: chosen("product", "Product", "Which one it is; not for a new product.")
    .optional()
    .meta({ shownWhen: { as: ["product"] } }),
  sku: z
    .string()
    .trim()
    .max(100)
    .optional()
    .meta({ shownWhen: { as: ["new"] }, title: "SKU", description: "Of a new product, where the feed has none." }),
  name: z
    .string()
    .trim()
    .max(500)
    .optional()
    .meta({ shownWhen: { as: ["new"] }, title: "Name", description: "Of a new product, where the feed has none." }),
});

/** @throws {AppError} as `answerMatches`; `conflict` for a row of which too little is known to take it in now */
export async function startAnswer(actor: Actor, given: z.output<typeof answerParameters>): Promise<StartedJob> {
  assertCan(actor, "sync:review");
  const changeId = Number(given.row);
  const fields = (await getChangeFields([changeId])).get(changeId);
  if (!heldItem.safeParse(changeFields.parse(fields ?? {}).item ?? null).success) {
    throw new AppError(
      "conflict",
      "Too little is kept of this row to take it in now. Answer it in the inbox: the feed's next import follows the answer.",
    );
  }
  const { answerMatches } = await import("./answer-match");
  const { runs } = await answerMatches(actor, { changeIds: [changeId], answer: answerOf(given) });
  const [run] = runs;
  if (!run) throw new AppError("internal", "The answer brought no run.");
  return run;
}

function answerOf({ as, product, sku, name }: z.output<typeof answerParameters>) {
  if (as === "new") return { as, ...(sku && { sku }), ...(name && { name }) };
  if (product) return { as, productId: product };
  const message = "Choose the product that this row is.";
  throw new AppError("invalid_input", message, { fields: { product: message } });
}
