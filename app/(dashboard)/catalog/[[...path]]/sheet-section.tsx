import { SheetPlace } from "@/components/sheet/sheet-place";
import type { UserActor } from "@/lib/auth/sessions";
import { DENSITIES } from "@/lib/catalog/list-layout";
import type { ListPlace } from "@/lib/catalog/list-query";
import { type ProductSearch, productListHref } from "@/lib/catalog/product-search";
import { getSheetColumns } from "@/lib/sheet/get-sheet-columns";
import type { ListLayout } from "./list-layout";

type Props = {
  actor: UserActor;
  search: ProductSearch;
  layout: ListLayout;
  place: { listPlace: ListPlace; title: string };
};

/** The list as a sheet; its rows are fetched by the browser, window by window. */
export async function SheetSection({ actor, search, layout, place: { listPlace, title } }: Props) {
  const columns = await getSheetColumns(actor, layout.columns);
  const list = { ...search, view: undefined, columns: undefined, mode: undefined };
  const category = listPlace.kind === "category" ? listPlace.id : listPlace.kind === "uncategorised" ? "none" : null;
  return (
    <SheetPlace
      personId={actor.userId}
      columns={columns}
      list={{ query: productListHref("", list).slice(1), category }}
      label={`Products of ${title}`}
      rowHeight={DENSITIES[layout.density]}
    />
  );
}
