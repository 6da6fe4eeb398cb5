import { metafieldType } from "@/lib/metafields/types";
import { asMetafield, DefinitionKeys } from "./definitions";
import type { FeedDefinition, FeedMetafield, ReaderInput } from "./feed-record";
import { slugKey, suffixedKey } from "./slug";

/** `Metafield: custom.CWS_A[list.single_line_text]` (Matrixify, the supplier's feed). */
const FEED_HEADER = /^Metafield: ([\w-]+)\.(.+?)(?:\s*\[([\w.]+)\])?$/;
/** `Colour (product.metafields.custom.colour)` (Shopify's own export). */
const EXPORT_HEADER = /\(product\.metafields\.([\w-]+)\.([^)]+)\)$/;

interface MetafieldColumn {
  position: number;
  definition: FeedDefinition;
  /** Dotted names: where the value stands inside the definition's JSON. */
  path: string[] | null;
  /** An earlier column of the same name: where both cells are equal, one metafield is enough. */
  twinOf: number | null;
}

/** The metafield columns of a Shopify-shaped CSV. */
export class ShopifyMetafields {
  private readonly columns: MetafieldColumn[] = [];
  private readonly positions = new Map<string, number>();
  private readonly told = new Set<FeedDefinition>();

  constructor(header: string[], known: ReaderInput["knownDefinitions"]) {
    const keys = new DefinitionKeys(known);
    const byExternalKey = new Map<string, MetafieldColumn>();
    const bySlug = new Map<string, MetafieldColumn>();
    header.forEach((name, position) => {
      const parsed = parseHeader(name);
      if (!parsed) return;
      const { namespace, path, type } = parsed;
      const own = path[0] ?? name;
      const slug = slugKey(own) || "field";
      const isNested = path.length > 1;
      if (namespace === "custom" && !isNested && !this.positions.has(slug)) this.positions.set(slug, position);
      const group = isNested ? `Metafield: ${namespace}.${own}.*` : name;
      const sameGroup = byExternalKey.get(group);
      if (isNested && sameGroup) {
        this.columns.push({ position, definition: sameGroup.definition, path: path.slice(1), twinOf: null });
        return;
      }
      const twin = bySlug.get(`${namespace}.${slug}`);
      const definition = keys.define(
        { externalKey: nextFree(group, byExternalKey), namespace, name: own, type: isNested ? "json" : type },
        numbered(slug),
      );
      const twinOf = isNested ? null : (twin?.position ?? null);
      const column = { position, definition, path: isNested ? path.slice(1) : null, twinOf };
      byExternalKey.set(definition.externalKey, column);
      if (!isNested && !twin) bySlug.set(`${namespace}.${slug}`, column);
      this.columns.push(column);
    });
  }

  /** The cell of the first `custom` column whose name has this slug; empty where there is none. */
  textOf(fields: string[], key: string): string {
    const position = this.positions.get(key);
    return position === undefined ? "" : (fields[position]?.trim() ?? "");
  }

  /** A row's metafields, empty cells skipped; definitions not told before; names of columns whose cell doesn't fit. */
  read(fields: string[]) {
    const metafields: FeedMetafield[] = [];
    const definitions: FeedDefinition[] = [];
    const misfits: FeedDefinition[] = [];
    let nested: Map<FeedDefinition, NestedValue> | null = null;
    for (const { position, definition, path, twinOf } of this.columns) {
      const text = fields[position];
      if (text === undefined || text === "" || text.trim() === "") continue;
      if (twinOf !== null && fields[twinOf] === text) continue;
      if (!this.told.has(definition)) {
        this.told.add(definition);
        definitions.push(definition);
      }
      if (path) {
        nested ??= new Map();
        const value = nested.get(definition) ?? Object.create(null);
        putNested(value, path, text);
        nested.set(definition, value);
        continue;
      }
      const { metafield, isMisfit } = asMetafield(definition, text);
      if (isMisfit) misfits.push(definition);
      metafields.push(metafield);
    }
    for (const [definition, value] of nested ?? [])
      metafields.push(asMetafield(definition, JSON.stringify(value)).metafield);
    return { metafields, definitions, misfits };
  }
}

function parseHeader(name: string) {
  const [, namespace, dotted, type] = FEED_HEADER.exec(name) ?? EXPORT_HEADER.exec(name) ?? [];
  if (namespace === undefined || dotted === undefined) return null;
  const fallback = type?.startsWith("list.") ? "list.single_line_text_field" : "single_line_text_field";
  const path = dotted.split(".").filter((segment) => segment !== "");
  const known = type === undefined ? null : metafieldType(type);
  return path.length === 0 ? null : { namespace, path, type: known ?? fallback };
}

function* numbered(slug: string) {
  yield slug;
  for (let number = 2; ; number++) yield suffixedKey(slug, String(number));
}

/** Repeated headers are told apart by their number: the second `Size` is `Size #2`. */
function nextFree(name: string, taken: Map<string, unknown>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} #${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Without a prototype, so that a column called `__proto__` is a name like any other. */
interface NestedValue {
  [name: string]: NestedValue | string;
}

function putNested(value: NestedValue, path: string[], text: string) {
  const [name = "", ...rest] = path;
  if (rest.length === 0) {
    value[name] = text;
    return;
  }
  const inner = value[name];
  if (typeof inner === "string") {
    value[path.join(".")] = text;
    return;
  }
  const next: NestedValue = inner ?? Object.create(null);
  value[name] = next;
  putNested(next, rest, text);
}
