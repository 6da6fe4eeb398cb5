import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { productSelection } from "@/lib/catalog/selection";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/failure";
import { enqueue } from "@/lib/jobs/enqueue";
import { startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { editRequest } from "./bulk-edit-input";
import { loadEditWorld } from "./edit-world";
import type { EditWorld } from "./edited";
import { changedField, type Operation } from "./operation";
import { operationWords } from "./operation-words";
import { bulkPlanJob } from "./plan-job";

export const bulkEditInput = editRequest.extend({
  selection: productSelection,
  count: z.number().int().nullable().default(null),
});

/**
 * Asks for a bulk edit: a run whose job writes down what would change on each product of the selection. Nothing is
 * changed before a person has looked at it and approved it on the run's page.
 * @throws {AppError} `not_found` where it names a category or metafield that is not there
 */
export async function requestBulkEdit(actor: Actor, input: z.input<typeof bulkEditInput>) {
  assertCan(actor, "catalog:write");
  const { operations, policy, selection, count } = parseInput(bulkEditInput, input);
  const world = await loadEditWorld(db, operations);
  assertThere(operations, world);
  const title = `Bulk edit: ${operations.map((of) => wordsIn(world, of)).join("; ")}`;
  return transaction(async (tx) => {
    const edit = { operations, policy, selection, count };
    const metadata = { edit, ...(policy === "all" ? { isWhole: true } : {}) };
    const run = await startPersonRun(tx, actor, { kind: "bulk", title, metadata });
    const displayName = `Plan ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
    const jobId = await enqueue(tx, actor, bulkPlanJob, { runId: run.id }, { displayName });
    await tx.syncHistory.update({ where: { id: run.id }, data: { jobId }, select: { id: true } });
    return { runId: run.id, number: run.number, jobId };
  });
}

export function assertThere(operations: Operation[], world: EditWorld) {
  for (const of of operations) {
    if (of.kind === "move" && of.categoryId !== null && world.categoryName(of.categoryId) === undefined) {
      throw new AppError("not_found", "This category is not there any more. Choose another.");
    }
    const field = changedField(of);
    const name = field.startsWith("metafield:") ? field.slice("metafield:".length) : null;
    if (name !== null && (of.kind === "set" || of.kind === "add") && !world.definition(name)) {
      throw new AppError("not_found", `There is no metafield ${name}. Make its definition first.`);
    }
  }
}

function wordsIn(world: EditWorld, of: Operation) {
  return operationWords(of, {
    category: (id) => world.categoryName(id) ?? "a category",
    metafield: (name) => world.definition(name)?.name ?? name,
  });
}
