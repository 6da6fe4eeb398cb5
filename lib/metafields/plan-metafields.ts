import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { type FieldSource, fieldSource } from "@/lib/catalog/field-source";
import { type Plan, setSource } from "@/lib/catalog/plan-fields";
import { type MetafieldEdit, newMetafieldName } from "@/lib/catalog/product-changes";
import { sourceAfterEdit } from "@/lib/catalog/value-source";
import type { Tx } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { type MetafieldType, metafieldType, parseMetafield, rulesOf } from "./types";

/** What is to happen to one metafield; `value` null removes it. */
export interface MetafieldWrite {
  namespace: string;
  key: string;
  type: string;
  value: string | null;
  source: FieldSource | null;
  newDefinition: { name: string } | null;
}

interface Owner {
  id: string;
  createdByRunId: string | null;
}

/**
 * Compares each edit with the product's metafields as they stand, checks it by its definition's type, and adds
 * what is to be remembered and told to the plan.
 */
export async function planMetafields(
  tx: Tx,
  actor: Actor,
  product: Owner,
  edits: MetafieldEdit[],
  plan: Plan,
  now: Date,
): Promise<MetafieldWrite[]> {
  if (edits.length === 0) return [];
  const known = await loadKnownMetafields(tx, [product.id], edits);
  return compareMetafields(actor, product, edits, known(product.id), plan, now);
}

export interface KnownMetafields {
  /** By `namespace.key`, as `current`. */
  definitions: ReadonlyMap<string, { name: string; type: string; validations: unknown }>;
  current: ReadonlyMap<string, { value: string; type: string; source: FieldSource | null }>;
}

/** The definitions of these names and what products hold under them, two queries whatever their number. */
export async function loadKnownMetafields(
  tx: Tx,
  productIds: readonly string[],
  edits: readonly { namespace: string; key: string }[],
): Promise<(productId: string) => KnownMetafields> {
  const names = edits.map(({ namespace, key }) => ({ namespace, key }));
  const rows = await tx.metafieldDefinition.findMany({
    where: { OR: names },
    select: { namespace: true, key: true, name: true, type: true, validations: true },
  });
  const definitions = new Map(rows.map((row) => [nameOf(row), row]));
  const current = await currentMetafields(tx, productIds, names);
  return (productId) => ({ definitions, current: current.get(productId) ?? new Map() });
}

/** As planMetafields, with what is known already. */
export function compareMetafields(
  actor: Actor,
  product: Owner,
  edits: MetafieldEdit[],
  { definitions, current }: KnownMetafields,
  plan: Plan,
  now: Date,
): MetafieldWrite[] {
  const writes: MetafieldWrite[] = [];
  for (const edit of edits) {
    const field = fieldOf(edit);
    const there = current.get(nameOf(edit));
    const typed = typeOf(edit, definitions.get(nameOf(edit)), there?.type);
    if ("error" in typed) {
      plan.errors[field] = typed.error;
      continue;
    }
    const to = edit.to === null ? null : parseMetafield(typed.type, edit.to, typed.rules);
    if (to && !to.ok) {
      plan.errors[field] = to.error;
      continue;
    }
    const value = to?.value ?? null;
    const theirs = there?.value ?? null;
    if (value === theirs) continue;
    if (edit.from !== undefined && edit.from !== theirs) {
      const label = definitions.get(nameOf(edit))?.name || nameOf(edit);
      plan.conflicts.push({ field, label, yours: value, theirs, from: edit.from });
      continue;
    }
    const source = there ? there.source : (plan.sources[field] ?? null);
    const after = sourceAfterEdit(actor, { value: theirs, source, createdByRunId: product.createdByRunId }, value, now);
    // Once removed, only the product remembers what the feed says of it.
    setSource(plan.sources, field, value === null && after?.kept ? after : null);
    plan.before[field] = theirs;
    plan.after[field] = value;
    const { namespace, key } = edit;
    const newDefinition = typed.isNew && value !== null ? { name: edit.name || wordsOf(key) } : null;
    writes.push({ namespace, key, type: typed.type, value, source: after, newDefinition });
  }
  return writes;
}

/** What histories, conflicts and source maps call a metafield. */
export function fieldOf({ namespace, key }: { namespace: string; key: string }) {
  return `metafield:${namespace}.${key}`;
}

function nameOf({ namespace, key }: { namespace: string; key: string }) {
  return `${namespace}.${key}`;
}

async function currentMetafields(tx: Tx, productIds: readonly string[], names: { namespace: string; key: string }[]) {
  const rows = await inParts(productIds, (part) =>
    tx.productMetafield.findMany({
      where: { productId: { in: part }, OR: names },
      select: {
        productId: true,
        namespace: true,
        key: true,
        value: true,
        type: true,
        source: true,
        kept: true,
        feedValue: true,
      },
    }),
  );
  const found = new Map<string, Map<string, (typeof rows)[number] & { source: FieldSource | null }>>();
  for (const row of rows) {
    const of = found.get(row.productId) ?? new Map();
    found.set(row.productId, of.set(nameOf(row), { ...row, source: sourceOf(row) }));
  }
  return found;
}

/** A metafield row's source with its own columns `kept` and `feedValue`, which feeds keep up to date. */
export function sourceOf(row: { source: unknown; kept: boolean; feedValue: string | null }): FieldSource | null {
  if (!row.source) return null;
  const source = fieldSource.parse(row.source);
  return row.kept ? { ...source, kept: true, feedValue: row.feedValue } : source;
}

type Typed = { type: string; rules: ReturnType<typeof rulesOf>; isNew: boolean } | { error: string };

/** A definition's type is fixed; a value kept as text because it misfits must fit once a person edits it. */
function typeOf(
  edit: MetafieldEdit,
  definition: { type: string; validations: unknown } | undefined,
  present: string | undefined,
): Typed {
  const asked = edit.type === undefined ? undefined : metafieldType(edit.type);
  if (asked === null) return { error: `${edit.type} is not a metafield type. Choose one of the list.` };
  const fixed = definition?.type ?? present;
  if (fixed !== undefined) {
    if (asked && asked !== (metafieldType(fixed) ?? fixed)) {
      return { error: `${nameOf(edit)} has the type ${fixed}, which can't be changed.` };
    }
    return { type: fixed, rules: rulesOf(definition?.validations), isNew: false };
  }
  if (edit.to === null) return { type: "single_line_text_field" satisfies MetafieldType, rules: {}, isNew: false };
  if (!asked) return { error: "Choose a type: this metafield is new." };
  const named = newMetafieldName.safeParse(edit);
  if (!named.success) return { error: `${named.error.issues[0]?.path.join()}: ${named.error.issues[0]?.message}` };
  return { type: asked, rules: {}, isNew: true };
}

function wordsOf(key: string) {
  const text = key.replace(/[_-]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
