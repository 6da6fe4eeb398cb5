import { Grid3x3, List } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { type ProductSearch, productListHref } from "@/lib/catalog/product-search";

/** Between the table and the sheet, with the same filter and columns. */
export function ModeLink({ base, search }: { base: string; search: ProductSearch }) {
  const isSheet = search.mode === "grid";
  const Icon = isSheet ? List : Grid3x3;
  return (
    <Link
      href={productListHref(base, search, { mode: isSheet ? undefined : "grid" })}
      prefetch={false}
      className={buttonClass({ variant: "ghost" }, isSheet ? undefined : "max-sm:hidden")}
    >
      <Icon aria-hidden />
      {isSheet ? "Back to the list" : "Edit as a sheet"}
    </Link>
  );
}
