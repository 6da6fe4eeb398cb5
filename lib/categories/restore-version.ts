import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { refreshWords } from "./change-category";
import { endCategoryRun } from "./end-category-run";
import { planRestoredVersion, restorableLines } from "./plan-restored-version";
import { getRowOrThrow, lockTree } from "./tree-rows";
import type { TreeStep } from "./tree-step";
import { writeSteps } from "./write-steps";

export const restoreVersionPreviewInput = z.object({
  id: z.uuid(),
  /** The change behind which the category was as it shall be again: an entry of its history. */
  change: z.number().int(),
});

export const restoreVersionInput = restoreVersionPreviewInput.extend({
  /** The category's version as it was compared; another one by now means somebody was quicker. */
  version: z.number().int(),
  fields: z.array(z.string().max(400)).min(1, "Choose at least one field to restore.").max(500),
});

export interface RestorableLine {
  field: string;
  label: string;
  now: string | null;
  past: string | null;
  /** Why it can't go back; null where it can. */
  refused: string | null;
}

/**
 * What of a category differs from what it was behind a change of its history. Its place among its siblings is left out:
 * the siblings have moved since.
 * @throws {AppError} `not_found`
 */
export async function previewRestoredVersion(
  actor: Actor,
  { id, change }: z.output<typeof restoreVersionPreviewInput>,
): Promise<{ version: number; lines: RestorableLine[] }> {
  assertCan(actor, "catalog:write");
  const node = await getRowOrThrow(db, id);
  const lines = await restorableLines(db, node, change);
  return {
    version: node.version,
    lines: lines.map(({ line, refused }) => ({
      field: line.field,
      label: fieldLabel(line.field),
      now: fieldValue(line.field, line.before, line.type),
      past: fieldValue(line.field, line.after, line.type),
      refused,
    })),
  };
}

/**
 * Makes chosen fields of a category what they were behind a change, as a run of its own that can be undone.
 * @throws {AppError} `not_found`; `conflict` when somebody changed it since, or the tree does not allow it
 */
export async function restoreVersion(
  actor: Actor,
  { id, change, version, fields }: z.output<typeof restoreVersionInput>,
): Promise<{ runId: string; number: number; fields: number }> {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    await lockTree(tx);
    const node = await getRowOrThrow(tx, id);
    if (node.version !== version) {
      throw new AppError("conflict", `Somebody changed “${node.name}” meanwhile. Compare it again.`);
    }
    const lines = await planRestoredVersion(tx, node, change, new Set(fields));
    const title = `Earlier version of “${node.name}”`;
    const run = await startPersonRun(tx, actor, { kind: "category", title });
    const steps: TreeStep[] = [{ kind: "update", node, lines }];
    const bytes = await writeSteps(tx, run.id, steps);
    await endCategoryRun(tx, run.id, steps, bytes);
    await raiseCatalogueVersion(tx, "categories");
    await refreshWords(tx, actor, run.id, steps);
    const values = (side: "before" | "after") => Object.fromEntries(lines.map((line) => [line.field, line[side]]));
    await recordAudit(
      tx,
      actor,
      "category.edit",
      { entity: "category", entityId: id },
      { before: values("before"), after: { ...values("after"), run: run.number } },
    );
    return { runId: run.id, number: run.number, fields: lines.length };
  });
}
