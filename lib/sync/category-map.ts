import "server-only";
import { slugify } from "@/lib/catalog/slug";
import type { Reader } from "@/lib/db/client";
import { EXISTING_CATEGORY } from "@/lib/feeds/mapping/category-teller";
import { sortKey } from "@/lib/search/fold";

export interface CategoryNode {
  id: string;
  name: string;
  parentId: string | null;
  path: string;
  level: number;
  sortOrder: number;
  isActive: boolean;
}

/** The category tree as this run sees it: the catalogue's, and what the run is about to add. */
export class CategoryMap {
  readonly #nodes = new Map<string, CategoryNode>();
  /** `parentId\0folded name` → id: what makes two categories the same one. */
  readonly #byName = new Map<string, string>();
  readonly #paths = new Set<string>();
  /** Made when first asked for: few sources name categories by their address. */
  #byPath: Map<string, string> | null = null;
  /** The source's keys: key → id. */
  readonly #byKey = new Map<string, string>();

  /** Reads the tree and the keys by which `sourceId` knows it. */
  static async load(on: Reader, sourceId: string): Promise<CategoryMap> {
    const map = new CategoryMap();
    const nodes = await on.category.findMany({
      select: { id: true, name: true, parentId: true, path: true, level: true, sortOrder: true, isActive: true },
    });
    for (const node of nodes) map.add(node);
    for (const redirect of await on.categoryRedirect.findMany({ select: { path: true } }))
      map.#paths.add(redirect.path);
    const items = await on.sourceItem.findMany({
      where: { sourceId, entity: "category", categoryId: { not: null } },
      select: { externalKey: true, categoryId: true },
    });
    for (const item of items) if (item.categoryId) map.#byKey.set(item.externalKey, item.categoryId);
    return map;
  }

  add(node: CategoryNode) {
    this.#nodes.set(node.id, node);
    this.#byName.set(nameKey(node.parentId, node.name), node.id);
    this.#paths.add(node.path);
  }

  link(key: string, id: string) {
    this.#byKey.set(key, id);
  }

  get(id: string) {
    return this.#nodes.get(id);
  }

  /** The category of a source's key; a key may also be the address of one that exists, where a mapping says so. */
  idOf(key: string) {
    return key.startsWith(EXISTING_CATEGORY) ? this.#idAt(key.slice(EXISTING_CATEGORY.length)) : this.#byKey.get(key);
  }

  #idAt(path: string) {
    this.#byPath ??= new Map([...this.#nodes.values()].map((node) => [node.path, node.id]));
    return this.#byPath.get(path);
  }

  /** The category of that name under that parent. */
  child(parentId: string | null, name: string) {
    return this.#byName.get(nameKey(parentId, name));
  }

  /** A path no category has or had: siblings of one slug are numbered. */
  freePath(parentId: string | null, name: string) {
    const parent = parentId ? this.#nodes.get(parentId) : undefined;
    const prefix = parent ? `${parent.path}/` : "";
    const base = slugify(name);
    let slug = base;
    for (let n = 2; this.#paths.has(prefix + slug); n++) slug = `${base}-${n}`;
    return { slug, path: prefix + slug, level: parent ? parent.level + 1 : 0 };
  }

  /** The category that a feed's key stands for, its name with all above it. */
  find(key: string): { id: string; name: string } | undefined {
    const id = this.idOf(key);
    return id ? { id, name: this.fullName(id) } : undefined;
  }

  /** The names from the top, as people read them: `Electronics > Audio`. */
  fullName(id: string): string {
    const names: string[] = [];
    for (let node = this.#nodes.get(id); node; node = node.parentId ? this.#nodes.get(node.parentId) : undefined) {
      names.unshift(node.name);
    }
    return names.join(" > ");
  }
}

function nameKey(parentId: string | null, name: string) {
  return `${parentId ?? ""}\0${sortKey(name)}`;
}
