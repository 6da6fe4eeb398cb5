import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { FieldChange } from "@/lib/sync/change";
import { getProduct, type ProductView } from "./get-product";
import { editedValues, writtenLines } from "./list-changes";
import { FIELD_NAMES, type FieldValue, type ProductField, sourceKey } from "./product-fields";
import { sanitiseHtml } from "./sanitise-html";
import { unknownBefore } from "./unknown-before";

export interface MetafieldAsOf {
  namespace: string;
  key: string;
  /** The definition's; null when the metafield is gone and so is its definition. */
  name: string | null;
  type: string;
  value: string;
}

export type ProductAsOf =
  | {
      outcome: "known";
      at: Date;
      values: Record<Exclude<ProductField, "categoryId">, FieldValue>;
      /** The description, made safe to show. */
      descriptionHtml: string;
      upc: string | null;
      handle: string | null;
      variation: string | null;
      /** In words, as it was called then. */
      category: string | null;
      /** Its id, where that is on record; null is none, undefined not known. */
      categoryId: string | null | undefined;
      metafields: MetafieldAsOf[];
      codes: { type: string; code: string }[];
      /** Fields that hold another value now, by the names of the history. */
      changedSince: string[];
    }
  | { outcome: "not_yet"; at: Date; createdAt: Date }
  /** Some of what happened since is not on record any more. */
  | { outcome: "unknown"; at: Date; reason: string };

type Value = FieldChange["before"];

/**
 * A product as it was at a time: from how it stands, back through every change and edit since.
 * Null for an unknown id. @throws {AppError} `invalid_input` for a time to come
 */
export async function getProductAsOf(
  actor: Actor,
  id: string,
  at: Date,
): Promise<{ now: ProductView; past: ProductAsOf } | null> {
  assertCan(actor, "catalog:read");
  if (at > new Date()) throw new AppError("invalid_input", "This time is still to come. Choose an earlier one.");
  const now = await getProduct(actor, id);
  if (!now) return null;
  if (now.createdAt > at) return { now, past: { outcome: "not_yet", at, createdAt: now.createdAt } };
  const reason = await unknownBefore(at);
  if (reason) return { now, past: { outcome: "unknown", at, reason } };
  const state = new Past(now, await plainFields(id));
  for (const line of await linesSince(id, at)) state.takeBack(line);
  return { now, past: state.asOf(at) };
}

function plainFields(id: string) {
  return db.product.findUniqueOrThrow({ where: { id }, select: { upc: true, handle: true, variation: true } });
}

/** Every field's change since `at`, the latest first. */
async function linesSince(entityId: string, at: Date): Promise<FieldChange[]> {
  const [changes, entries] = await Promise.all([
    db.syncChange.findMany({
      where: { entityId, entity: "product", state: { in: ["applied", "reverted"] }, appliedAt: { gt: at } },
      select: { id: true, appliedAt: true, action: true, detail: { select: { fields: true } } },
      orderBy: [{ appliedAt: "desc" }, { id: "desc" }],
    }),
    db.auditEntry.findMany({
      where: { entity: "product", entityId, createdAt: { gt: at } },
      select: { createdAt: true, before: true, after: true },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    }),
  ]);
  const events = [
    ...changes.map((change) => ({ at: change.appliedAt ?? at, lines: writtenLines(change.detail?.fields) })),
    ...entries.map((entry) => ({ at: entry.createdAt, lines: editedValues(entry) })),
  ];
  return events.sort((a, b) => b.at.getTime() - a.at.getTime()).flatMap((event) => event.lines);
}

/** A product's values on the way back in time. */
class Past {
  readonly #values: Map<string, Value>;
  readonly #metafields: Map<string, MetafieldAsOf>;
  readonly #codes: Map<string, { type: string; code: string }>;
  readonly #start: ReadonlyMap<string, Value>;
  #categoryId: string | null | undefined;

  constructor(now: ProductView, plain: { upc: string | null; handle: string | null; variation: string | null }) {
    this.#values = new Map<string, Value>(Object.entries(plain));
    for (const field of FIELD_NAMES) this.#values.set(sourceKey(field), now.values[field]);
    this.#values.set("category", now.category?.trail.map((one) => one.name).join(" > ") ?? null);
    this.#categoryId = now.category?.id ?? null;
    this.#metafields = new Map(
      now.metafields.map(({ namespace, key, name, type, value }) => [
        `metafield:${namespace}.${key}`,
        { namespace, key, name, type, value },
      ]),
    );
    this.#codes = new Map(now.codes.map(({ type, code }) => [`${type}\0${code}`, { type, code }]));
    this.#start = this.#flat();
  }

  takeBack({ field, before, after, type, was, beforeId }: FieldChange) {
    const typeBefore = typeof was?.type === "string" ? was.type : type;
    if (field.startsWith("metafield:")) return this.#metafield(field, before, typeBefore);
    if (field.startsWith("code:")) return this.#code(field.slice("code:".length), before, after);
    // People's edits are on record by the category's name alone.
    if (field === "category") this.#categoryId = before === null ? null : (beforeId ?? undefined);
    if (this.#values.has(field)) this.#values.set(field, before);
  }

  asOf(at: Date): ProductAsOf {
    const flat = this.#flat();
    const names = new Set([...flat.keys(), ...this.#start.keys()]);
    const values = Object.fromEntries(
      FIELD_NAMES.filter((field) => field !== "categoryId").map((field) => [field, this.#values.get(field) ?? null]),
    ) as Record<Exclude<ProductField, "categoryId">, FieldValue>; // one key per name
    const text = (field: string) => (this.#values.get(field) ?? null) as string | null; // text columns
    return {
      outcome: "known",
      at,
      values,
      descriptionHtml: sanitiseHtml(text("description") ?? ""),
      upc: text("upc"),
      handle: text("handle"),
      variation: text("variation"),
      category: text("category"),
      categoryId: this.#categoryId,
      metafields: [...this.#metafields.values()],
      codes: [...this.#codes.values()],
      changedSince: [...names].filter(
        (name) => comparable(name, flat.get(name)) !== comparable(name, this.#start.get(name)),
      ),
    };
  }

  #metafield(field: string, before: Value, typeBefore: string | undefined) {
    if (before === null) {
      this.#metafields.delete(field);
      return;
    }
    const [, namespace = "", key = ""] = /^metafield:([^.]+)\.(.+)$/.exec(field) ?? [];
    const current = this.#metafields.get(field);
    const type = typeBefore ?? current?.type ?? "single_line_text_field";
    this.#metafields.set(field, { namespace, key, name: current?.name ?? null, type, value: String(before) });
  }

  #code(type: string, before: Value, after: Value) {
    if (after !== null) this.#codes.delete(`${type}\0${after}`);
    if (before !== null) this.#codes.set(`${type}\0${before}`, { type, code: String(before) });
  }

  #flat(): Map<string, Value> {
    const flat = new Map(this.#values);
    for (const [field, { value }] of this.#metafields) flat.set(field, value);
    for (const [name, { type, code }] of this.#codes) flat.set(`code:${type} ${name}`, code);
    return flat;
  }
}

/** Feeds name a category with those above it, people by itself. */
function comparable(name: string, value: Value | undefined) {
  return name === "category"
    ? String(value ?? "")
        .split(" > ")
        .at(-1)
    : (value ?? "");
}
