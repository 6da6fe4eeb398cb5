import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Crumb } from "@/components/frame/page-head";
import { type Actor, can } from "@/lib/auth/actor";
import type { ListPlace } from "@/lib/catalog/list-query";
import { type CategoryPlace, catalogueTotals, getCategoryAt } from "@/lib/categories/get-category";

/** No slug holds a tilde, so this is no category's path. */
const UNCATEGORISED = "~uncategorised";

/** What an address of the catalogue shows. */
export interface Place {
  /** The list's address without its query. */
  base: string;
  title: string;
  crumbs: Crumb[];
  listPlace: ListPlace;
  category: CategoryPlace | null;
  /** Without filters, archived ones not counted. */
  products: number;
  hasProducts: boolean;
  canImport: boolean;
  canEdit: boolean;
  canDelete: boolean;
}

/** An old path redirects to the category's new one; an unknown one is a 404. */
export const placeAt = cache(async (actor: Actor, segments: string[] = []): Promise<Place> => {
  const totals = await catalogueTotals(actor);
  const may = {
    canImport: can(actor, "feed:run"),
    canEdit: can(actor, "catalog:write"),
    canDelete: can(actor, "data:purge"),
  };
  const common = { hasProducts: totals.products > 0, ...may, category: null };
  const root = { href: "/catalog", label: "Catalogue" };
  const path = segments.map(decodeURIComponent).join("/");
  if (path === "") {
    const listPlace = { kind: "all" } as const;
    return { ...common, base: "/catalog", title: "Catalogue", crumbs: [], listPlace, products: totals.products };
  }
  if (path === UNCATEGORISED) {
    const listPlace = { kind: "uncategorised" } as const;
    const base = `/catalog/${UNCATEGORISED}`;
    return { ...common, base, title: "Uncategorised", crumbs: [root], listPlace, products: totals.uncategorised };
  }
  const found = await getCategoryAt(actor, path);
  if (!found) notFound();
  if ("movedTo" in found) redirect(`/catalog/${found.movedTo}`);
  const { category } = found;
  const above = category.above.map((at) => ({ href: `/catalog/${at.path}`, label: at.name }));
  return {
    ...common,
    base: `/catalog/${category.path}`,
    title: category.name,
    crumbs: [root, ...above],
    listPlace: { kind: "category", id: category.id },
    category,
    products: category.products,
  };
});
