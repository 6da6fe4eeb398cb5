import "server-only";
import type { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import type { FieldConflict } from "@/lib/catalog/product-changes";
import { db, transaction } from "@/lib/db/client";
import { lockProduct } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { codecOf } from "@/lib/metafields/types";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { personChange } from "@/lib/sync/person-run/person-change";
import { startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { writeNow } from "@/lib/sync/person-run/write-now";
import { rememberRemovedRows } from "@/lib/sync/removed-rows";
import { planRestore, type RestorableField } from "./plan-restore";
import { CODES, type RestoreInput, type restorePreviewInput } from "./restore-input";

export interface RestorePreviewLine {
  field: string;
  label: string;
  /** In words. */
  now: string | null;
  past: string | null;
  /** As `restoreInput` wants it back. */
  seen: string | number | boolean | null;
  refused: string | null;
}

/** What of a product could be brought back from a time, each value before and after. @throws {AppError} as planRestore */
export async function previewRestore(
  actor: Actor,
  { id, at }: z.output<typeof restorePreviewInput>,
): Promise<RestorePreviewLine[]> {
  assertCan(actor, "catalog:write");
  const { fields } = await planRestore(actor, id, at);
  const names = await definitionNames(fields);
  return fields.map(({ field, now, past, type, refused }) => {
    const show = (value: RestorableField["now"]) =>
      field.startsWith("metafield:") && typeof value === "string"
        ? codecOf(type ?? "").display(value)
        : fieldValue(field, value, type);
    return { field, label: names.get(field) ?? labelOf(field), now: show(now), past: show(past), seen: now, refused };
  });
}

/**
 * Brings chosen fields of a product back to what they were at a time, as a run of its own: a new version that can be
 * undone. Compared with what the person saw; all or nothing.
 * @throws {AppError} `conflict` with details `{conflicts: FieldConflict[]}` when a field was changed meanwhile, or with
 * the reason why one can't be brought back
 */
export async function restoreProduct(actor: Actor, { id, at, fields }: RestoreInput) {
  assertCan(actor, "catalog:write");
  const plan = await planRestore(actor, id, at);
  const seen = new Map(fields.map((one) => [one.field, one.seen]));
  const chosen = plan.fields.filter(({ field }) => seen.has(field));
  const moved = chosen.filter(({ field, now }) => !isSame(now, seen.get(field) ?? null));
  if (moved.length > 0) throw conflict(moved, seen);
  const refused = chosen.find((one) => one.refused !== null);
  if (refused) throw new AppError("conflict", `${labelOf(refused.field)} can't be brought back. ${refused.refused}`);
  const lines = chosen.flatMap((one) => one.lines);
  // Somebody set them to what they were in between.
  if (lines.length === 0) return { restored: 0, run: null };
  const { sku: label, version, fields: values } = plan.product;
  const run = await transaction(async (tx) => {
    if (!(await lockProduct(tx, id))) throw new AppError("not_found", "There is no such product.");
    await rememberRemovedRows(tx, [{ entityId: id, lines }]);
    const title = `Restore ${label} as of ${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
    const started = await startPersonRun(tx, actor, { kind: "restore", title, totalItems: 1 });
    const name = String(values.name ?? "");
    const change = personChange(started.id, { id, label, name, version }, lines, "approved");
    await writeNow(tx, actor, started.id, [{ ...change, entityId: id }]);
    return started;
  });
  return { restored: chosen.length, run: { id: run.id, number: run.number } };
}

function labelOf(field: string) {
  return field === CODES ? "Codes" : fieldLabel(field);
}

function isSame(a: RestorableField["now"], b: RestorableField["now"]) {
  return a === b || ((a ?? "") === "" && (b ?? "") === "");
}

function conflict(moved: RestorableField[], seen: Map<string, RestorableField["now"]>) {
  const plain = (value: RestorableField["now"] | undefined) =>
    typeof value === "boolean" ? String(value) : (value ?? null);
  const conflicts = moved.map(
    ({ field, now, past }): FieldConflict => ({
      field,
      label: labelOf(field),
      yours: plain(past),
      theirs: plain(now),
      from: plain(seen.get(field)),
    }),
  );
  const labels = conflicts.map(({ label }) => label).join(", ");
  const message = `Somebody changed ${labels} since you opened this. Nothing was restored: look at it as it is now.`;
  return new AppError("conflict", message, { details: { conflicts } });
}

async function definitionNames(fields: RestorableField[]) {
  const names = fields.flatMap(({ field }) => {
    const [, namespace, key] = /^metafield:([^.]+)\.(.+)$/.exec(field) ?? [];
    return namespace && key ? [{ namespace, key }] : [];
  });
  const rows = await db.metafieldDefinition.findMany({
    where: { key: { in: names.map(({ key }) => key) } },
    select: { namespace: true, key: true, name: true },
  });
  return new Map(rows.map(({ namespace, key, name }) => [`metafield:${namespace}.${key}`, name]));
}
