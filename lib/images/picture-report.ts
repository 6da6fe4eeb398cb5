import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { countPictureStates, selectBrokenPictures } from "@/lib/db/picture-counts";
import { pictureName } from "./own-picture";

export const BROKEN_PAGE = 50;

export const pictureReportSearch = z.object({
  tab: z.enum(["broken", "alike"]).catch("broken"),
  /** The last picture of the page before. */
  after: z.coerce.number().int().min(0).catch(0),
});

/** How many pictures are here, are still to be fetched, can't be had, and how many products have none. */
export async function countPictures(actor: Actor) {
  assertCan(actor, "catalog:read");
  return countPictureStates();
}

export interface BrokenPicture {
  id: number;
  name: string;
  address: string;
  failure: string;
  fetchedAt: Date | null;
  product: { id: string; sku: string; name: string };
}

/** Pictures that can't be had, each with why; `next` is null at the end. */
export async function listBrokenPictures(
  actor: Actor,
  after: number,
): Promise<{ rows: BrokenPicture[]; next: number | null }> {
  assertCan(actor, "catalog:read");
  const found = await db.productImage.findMany({
    where: { id: { in: await selectBrokenPictures(after, BROKEN_PAGE + 1) } },
    select: {
      ...{ id: true, view: true, filename: true, url: true, failure: true, fetchedAt: true },
      product: { select: { id: true, sku: true, name: true } },
    },
    orderBy: { id: "asc" },
  });
  const rows = found.slice(0, BROKEN_PAGE).map((row): BrokenPicture => {
    const { id, url: address, failure, fetchedAt, product } = row;
    return { id, name: pictureName(row), address, failure: failure ?? "", fetchedAt, product };
  });
  return { rows, next: found.length > BROKEN_PAGE ? (rows.at(-1)?.id ?? null) : null };
}
