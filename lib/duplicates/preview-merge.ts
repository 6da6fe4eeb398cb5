import "server-only";
import type { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import type { mergePreviewInput } from "./merge-input";
import { planMerge } from "./plan-merge";

export interface MergePreview {
  survivor: { id: string; sku: string; name: string };
  /** Empty fields that it could take over. */
  fillable: { field: string; label: string; value: string; from: string }[];
  losers: {
    id: string;
    sku: string;
    codes: { label: string; code: string; isNew: boolean }[];
    pictures: number;
    /** Pictures that the survivor has already. */
    samePictures: number;
    rows: { source: string; externalKey: string; isSilent: boolean }[];
    answers: number;
  }[];
  /** What the merge must be told was seen. */
  versions: Record<string, number>;
}

/** What merging would do; writes nothing. @throws {AppError} as planMerge */
export async function previewMerge(actor: Actor, input: z.output<typeof mergePreviewInput>): Promise<MergePreview> {
  assertCan(actor, "catalog:write");
  const { survivor, filled, losers } = await planMerge(db, input);
  const products = [survivor, ...losers.map(({ product }) => product)];
  return {
    survivor: { id: survivor.id, sku: survivor.sku, name: String(survivor.fields.name ?? "") },
    fillable: filled.map(({ line, from }) => ({
      field: line.field,
      label: fieldLabel(line.field),
      value: (fieldValue(line.field, line.after, line.type) ?? "").slice(0, 200),
      from,
    })),
    losers: losers.map(({ product, codes, pictures, samePictures, rows, aliasIds }) => ({
      id: product.id,
      sku: product.sku,
      codes: codes.map(({ type, code, isNew }) => ({ label: fieldLabel(`code:${type}`), code, isNew })),
      pictures: pictures.length,
      samePictures,
      rows: rows.map(({ source, externalKey, isSilent }) => ({ source, externalKey, isSilent })),
      answers: aliasIds.length,
    })),
    versions: Object.fromEntries(products.map(({ id, version }) => [id, version])),
  };
}
