import type { Actor } from "@/lib/auth/actor";
import { getProductOrThrow } from "@/lib/catalog/get-product";
import { getProductRecords } from "@/lib/catalog/product-records";
import { AppError } from "@/lib/errors";
import { toProductDetailJson } from "./product-json";

/** One product, whole. @throws {AppError} `not_found` */
export async function productDetail(actor: Actor, id: string) {
  const view = await getProductOrThrow(actor, id);
  const record = (await getProductRecords(actor, [id])).get(id);
  if (!record) throw new AppError("not_found", "There is no such product.");
  return toProductDetailJson(record, view);
}
