import "server-only";
import { type CategoryTree, categoryTree, trail } from "@/lib/categories/category-tree";
import { sortKey } from "@/lib/search/fold";
import type { ParsedCell } from "./sheet-column";

/** Categories as a sheet writes and reads them; the tree is walked once. */
export interface SheetCategories {
  /** `Office > Pens`; undefined where there is none of this id. */
  nameOf(id: string): string | undefined;
  /** Reads a name, a path of names (`Office > Pens`) or a path as addresses have it (`office/pens`). */
  parse(typed: string): ParsedCell;
}

export async function sheetCategories(): Promise<SheetCategories> {
  const tree = await categoryTree();
  let names: Map<string, string[]> | undefined;
  return {
    nameOf(id) {
      const node = tree.byId.get(id);
      return node && pathOf(tree, id);
    },
    parse(typed) {
      const text = typed.trim();
      if (text === "") return { ok: true, value: null };
      const bySlugs = tree.byPath.get(text.replace(/^\/|\/$/g, "").toLowerCase());
      if (bySlugs) return { ok: true, value: bySlugs.id };
      names ??= byWords(tree);
      const found = names.get(keyOf(text.split(/\s*[>›]\s*/))) ?? [];
      const [only] = found;
      if (found.length === 1 && only) return { ok: true, value: only };
      if (found.length === 0) {
        return { ok: false, error: `There is no category “${text}”. Enter its name, or its path like Office > Pens.` };
      }
      const paths = found.slice(0, 3).map((id) => pathOf(tree, id));
      return {
        ok: false,
        error: `${found.length} categories are called so: enter the path, like ${paths.join(" or ")}.`,
      };
    },
  };
}

function pathOf(tree: CategoryTree, id: string) {
  const node = tree.byId.get(id);
  return node
    ? trail(tree, node)
        .map((at) => at.name)
        .join(" > ")
    : undefined;
}

/** Ids by every ending of their path of names, which is how people shorten it. */
function byWords(tree: CategoryTree) {
  const found = new Map<string, string[]>();
  for (const node of tree.byId.values()) {
    const names = trail(tree, node).map((at) => at.name);
    for (let from = 0; from < names.length; from++) {
      const key = keyOf(names.slice(from));
      found.set(key, [...(found.get(key) ?? []), node.id]);
    }
  }
  return found;
}

function keyOf(names: string[]) {
  return names.map(sortKey).join("\0");
}
