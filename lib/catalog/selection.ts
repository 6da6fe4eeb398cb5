import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { listProductIds } from "./list-every-product";
import { listProducts } from "./list-products";
import type { ListPlace } from "./list-query";
import { parseProductSearch } from "./search-params";

/** Products ticked one by one; more are chosen by the list they stand in. */
export const MOST_TICKED = 5_000;

const ids = z.array(z.uuid()).max(MOST_TICKED, `Tick at most ${MOST_TICKED} products, or select all that match.`);

/** A list of products, as its address has it. */
export const listSelection = z.object({
  /** The list's address, after its `?`. */
  query: z.string().max(20_000),
  /** A category's id, or `none` for products without one. */
  category: z.union([z.uuid(), z.literal("none")]).nullable(),
});

/** Products that a person chose: those ticked, or all of a list but those unticked. Resolved here, never in the browser. */
export const productSelection = z.union([
  z.object({ ids: ids.min(1, "Select at least one product.") }),
  listSelection.extend({ except: ids.default([]) }),
]);
export type ProductSelection = z.output<typeof productSelection>;

/**
 * The selection's ids in the order of ids, `size` at a time, from behind `after`: asked again after a crash it goes on.
 * Ids that are no product's (any more) are left out.
 * @throws {AppError} as `listProducts`
 */
export async function* selectedIds(
  actor: Actor,
  selection: ProductSelection,
  size: number,
  after = "",
): AsyncGenerator<string[]> {
  if ("ids" in selection) {
    const left = [...new Set(selection.ids)].sort().filter((id) => id > after);
    for (let at = 0; at < left.length; at += size) yield existing(left.slice(at, at + size));
    return;
  }
  const except = new Set(selection.except);
  for await (const part of listProductIds(actor, listOf(selection), size, after)) {
    yield part.filter((id) => !except.has(id));
  }
}

/** The first of the selection in the order that the list shows. */
export async function firstSelected(actor: Actor, selection: ProductSelection, size: number): Promise<string[]> {
  if ("ids" in selection) return existing(selection.ids.slice(0, size));
  const except = new Set(selection.except);
  // As many more as could be unticked among them; a page has no more than 200.
  const wanted = Math.min(200, size + except.size);
  const { rows } = await listProducts(actor, { ...listOf(selection), size: wanted });
  return rows
    .map((row) => row.id)
    .filter((id) => !except.has(id))
    .slice(0, size);
}

/** What the list asks for, its page left out. */
export function listOf({ query, category }: z.output<typeof listSelection>) {
  const params: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) params[name] = [...(params[name] ?? []), value];
  const single = Object.fromEntries(Object.entries(params).map(([name, all]) => [name, all.length > 1 ? all : all[0]]));
  const { after: _, before: __, size: ___, columns: ____, ...search } = parseProductSearch(single);
  return { ...search, place: placeOf(category) };
}

function placeOf(category: string | null): ListPlace {
  if (category === null) return { kind: "all" };
  return category === "none" ? { kind: "uncategorised" } : { kind: "category", id: category };
}

/** In the order given. */
async function existing(wanted: string[]): Promise<string[]> {
  const rows = await inParts(wanted, (part) =>
    db.product.findMany({ where: { id: { in: part } }, select: { id: true } }),
  );
  const there = new Set(rows.map((row) => row.id));
  return wanted.filter((id) => there.has(id));
}
