import "server-only";
import type { Tx } from "@/lib/db/client";
import { type ChangeRow, insertChanges } from "@/lib/db/sync-changes";
import { AppError } from "@/lib/errors";
import { createCategories, updateCategory } from "@/lib/sync/apply-categories";
import type { ChangeFields } from "@/lib/sync/change";
import { mergeCategory } from "./merge-category";
import type { TreeStep } from "./tree-step";
import { writeDetails } from "./write-details";

/** Carries steps out in their order and writes each down as an applied change of the run. Gives the changes' bytes. */
export async function writeSteps(tx: Tx, runId: string, steps: TreeStep[]): Promise<number> {
  const now = new Date();
  const rows: ChangeRow[] = [];
  for (const step of steps) rows.push({ ...(await writeStep(tx, runId, step)), ...common(runId, now) });
  return insertChanges(tx, rows);
}

async function writeStep(tx: Tx, runId: string, step: TreeStep) {
  switch (step.kind) {
    case "create":
      await createCategories(tx, [step]);
      return row(step.id, step.category, { action: "create", kind: "new", fields: { category: step.category } });
    case "update": {
      const { node, lines } = step;
      if (!(await updateCategory(tx, node.id, lines))) {
        throw new AppError("conflict", `“${node.name}” would come to stand below itself. Look at the tree anew.`);
      }
      await writeDetails(tx, node.id, lines);
      const kind = lines.some(({ field }) => field === "parent") ? "moved" : "changed";
      return row(node.id, node, { action: "update", kind, fields: { update: lines } });
    }
    case "merge": {
      const merged = await mergeCategory(tx, runId, step.node.id, step.into.id);
      return row(step.node.id, step.node, { action: "delete", kind: "moved", fields: { update: [step.line], merged } });
    }
    default:
      return step satisfies never;
  }
}

function row(
  entityId: string,
  { path, name }: { path: string; name: string },
  what: { action: "create" | "update" | "delete"; kind: "new" | "changed" | "moved"; fields: ChangeFields },
) {
  return { entity: "category", entityId, externalKey: entityId, label: path, name, ...what };
}

/** What every change of a run of people says alike. */
export function common(runId: string, now: Date) {
  const nowhere = { reason: null, file: null, line: null, version: null };
  return { runId, ...nowhere, state: "applied", createdAt: now, appliedAt: now };
}
