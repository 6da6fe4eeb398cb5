import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { countedTree } from "@/lib/categories/category-tree";
import { countRows, heaviestProduct } from "@/lib/db/catalogue-size";
import { measureStorage } from "@/lib/db/storage";
import { type SizeLevel, type SizeMeasure, sizeLevel } from "./size-levels";

export interface SizeLine {
  measure: SizeMeasure;
  figure: number;
  level: SizeLevel;
  /** Where the greatest of it is. */
  at?: { label: string; href: string };
}

/** How large the catalogue is, measure by measure. Reads some indexes whole: for a page that is opened now and then. */
export async function catalogueSize(actor: Actor): Promise<SizeLine[]> {
  assertCan(actor, "catalog:read");
  const [{ tree, counts }, rows, most, mostImages, storage] = await Promise.all([
    countedTree(),
    countRows(),
    heaviestProduct("ProductMetafield"),
    heaviestProduct("ProductImage"),
    measureStorage(),
  ]);
  const nodes = [...tree.byId.values()];
  const deepest = greatest(nodes, (node) => node.level + 1);
  const widest = greatest(nodes, (node) => node.children.length);
  const fullest = greatest(nodes, (node) => counts.own.get(node.id) ?? 0);
  const product = (found: typeof most) => found && { label: found.sku, href: `/products/${found.id}` };
  const category = (found: typeof deepest) => found && { label: found.of.name, href: `/catalog/${found.of.path}` };
  const line = (measure: SizeMeasure, figure: number, at?: SizeLine["at"] | null): SizeLine => ({
    measure,
    figure,
    level: sizeLevel(measure, figure),
    ...(at && figure > 0 && { at }),
  });
  return [
    line("products", counts.all),
    line("archived", counts.archived),
    line("uncategorised", counts.uncategorised, { label: "Uncategorised", href: "/catalog/~uncategorised" }),
    line("definitions", rows.definitions, { label: "Metafields", href: "/metafields" }),
    line("metafields", rows.metafields),
    line("metafieldsOfOne", most?.rows ?? 0, product(most)),
    line("categories", nodes.length),
    line("depth", deepest?.figure ?? 0, category(deepest)),
    line("children", widest?.figure ?? 0, category(widest)),
    line("categoryProducts", fullest?.figure ?? 0, category(fullest)),
    line("images", rows.images, { label: "Pictures", href: "/reports/images" }),
    line("imagesOfOne", mostImages?.rows ?? 0, product(mostImages)),
    line("imageBytes", rows.imageBytes),
    line("databaseBytes", storage.bytes, { label: "Storage", href: "/syncs/storage" }),
  ];
}

function greatest<Node>(nodes: readonly Node[], figureOf: (node: Node) => number) {
  let found: { of: Node; figure: number } | null = null;
  for (const of of nodes) {
    const figure = figureOf(of);
    if (!found || figure > found.figure) found = { of, figure };
  }
  return found;
}
