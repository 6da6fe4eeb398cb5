import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { getProductOrThrow } from "./get-product";
import { listProductHistory } from "./product-history";

/** What the timeline beside a list shows of the history. */
const EVENTS = 4;

export const productPanelInput = z.object({ id: z.string().max(64) });

/** A product as it is shown beside a list, with what happened to it last. @throws {AppError} `not_found` */
export async function getProductPanel(actor: Actor, { id }: z.output<typeof productPanelInput>) {
  const product = await getProductOrThrow(actor, id);
  const { events } = await listProductHistory(actor, id, null, EVENTS);
  return { product, events };
}

export type ProductPanelData = Awaited<ReturnType<typeof getProductPanel>>;
