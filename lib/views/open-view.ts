import "server-only";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import type { ProductSearch } from "@/lib/catalog/product-search";
import { parseProductSearch } from "@/lib/catalog/search-params";
import { listViews, type ViewChoice } from "./list-views";
import { isChanged, parseViewQuery, saysNothing } from "./view-query";

export interface OpenedList {
  search: ProductSearch;
  views: ViewChoice[];
  /** The view that the list began as; null where it is none. */
  view: ViewChoice | null;
  /** It shows something else than its view says. */
  isChanged: boolean;
  /** The address names a view that is gone, or not the reader's. */
  isViewGone: boolean;
}

/**
 * The list's state: what the address says; where it names a view alone, what the view says; where it says nothing, the
 * person's default view.
 */
export async function openList(actor: Actor, params: Record<string, unknown>): Promise<OpenedList> {
  assertCan(actor, "catalog:read");
  const search = parseProductSearch(params);
  const views = actorUserId(actor) === null ? [] : await listViews(actor);
  const named = search.view && search.view !== "none" ? views.find(({ id }) => id === search.view) : undefined;
  const isViewGone = search.view !== undefined && search.view !== "none" && !named;
  const isBare = saysNothing(params);
  const view = named ?? (search.view === undefined && isBare ? views.find(({ isDefault }) => isDefault) : undefined);
  if (!view)
    return {
      search: { ...search, view: isViewGone ? undefined : search.view },
      views,
      view: null,
      isChanged: false,
      isViewGone,
    };
  const shown = isBare ? { ...parseViewQuery(view.query), after: search.after, before: search.before } : search;
  return {
    search: { ...shown, view: view.id, mode: search.mode },
    views,
    view,
    isChanged: isChanged(view, shown),
    isViewGone,
  };
}
