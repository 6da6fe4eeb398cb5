import "server-only";
import type { Reader } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { joiningOrder } from "./sibling-order";
import { fullName, getRowOrThrow, isWithin, listRowsUnder, type TreeRow } from "./tree-rows";
import type { TreeStep } from "./tree-step";

interface Named {
  row: TreeRow;
  fullName: string;
}

/**
 * A merge of `node` into another category: children of the same name are merged likewise, the others move. Children
 * come first, so that each is gone or elsewhere before its parent goes.
 * @throws {AppError} `not_found`; `conflict` where one stands below the other
 */
export async function planMerge(on: Reader, node: TreeRow, intoId: string): Promise<TreeStep[]> {
  const into = await getRowOrThrow(on, intoId, "The category to merge into");
  if (into.id === node.id) throw new AppError("conflict", `“${node.name}” can't be merged into itself.`);
  if (isWithin(into.path, node.path)) {
    const words = `“${into.name}” stands below “${node.name}”. Move it out first, or merge the other way round.`;
    throw new AppError("conflict", words);
  }
  const named = async (row: TreeRow) => ({ row, fullName: (await fullName(on, row)) ?? row.name });
  return stepsOf(on, await named(node), await named(into));
}

async function stepsOf(on: Reader, from: Named, into: Named): Promise<TreeStep[]> {
  const steps: TreeStep[] = [];
  // A category merged into the one above it: it is no child that could meet its own.
  const there = (await listRowsUnder(on, into.row.id)).filter(({ id }) => id !== from.row.id);
  const parent = { field: "parent", ...names(from, into) };
  for (const child of await listRowsUnder(on, from.row.id)) {
    const twin = there.find(({ nameKey }) => nameKey === child.nameKey);
    if (twin) {
      const below = (of: Named, row: TreeRow) => ({ row, fullName: `${of.fullName} > ${row.name}` });
      steps.push(...(await stepsOf(on, below(from, child), below(into, twin))));
      continue;
    }
    const sortOrder = joiningOrder(there, child.sortOrder);
    const order = { field: "sortOrder", before: child.sortOrder, after: sortOrder };
    const lines = sortOrder === child.sortOrder ? [parent] : [parent, order];
    steps.push({ kind: "update", node: child, lines });
    there.push({ ...child, sortOrder });
  }
  return [
    ...steps,
    { kind: "merge", node: from.row, into: into.row, line: { field: "mergedInto", ...names(from, into) } },
  ];
}

function names(from: Named, into: Named) {
  return { before: from.fullName, after: into.fullName, beforeId: from.row.id, afterId: into.row.id };
}
