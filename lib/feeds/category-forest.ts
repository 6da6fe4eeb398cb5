import type { RowProblem } from "./rows";

export interface ForestNode<Id> {
  id: Id;
  /** Null at the top. */
  parentId: Id | null;
}

/** The steps up a broken branch that are worth telling. */
const LONGEST_WALK = 100;

/** Breadth first from the top: what hangs on nothing, or on itself, is not reached. */
export function* parentsFirst<Id, Node extends ForestNode<Id>>(nodes: Map<Id, Node>): Generator<Node> {
  const children = new Map<Id, Node[]>();
  const queue: Node[] = [];
  for (const node of nodes.values()) {
    if (node.parentId === null) queue.push(node);
    else children.set(node.parentId, [...(children.get(node.parentId) ?? []), node]);
  }
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at];
    if (!node) return;
    yield node;
    for (const child of children.get(node.id) ?? []) queue.push(child);
  }
}

/** Why a node that `parentsFirst` did not come to has no place: a circle, or something above it that is not there. */
export function whyUnreached<Id>(
  id: Id,
  nodes: Map<Id, ForestNode<Id>>,
  refused: ReadonlyMap<Id, RowProblem>,
  column: string,
): RowProblem {
  const passed = new Set<Id>();
  for (let at = id; ; ) {
    if (passed.has(at))
      return { code: "cycle", column, reason: `Category ${id} hangs in a circle: ${[...passed].join(" → ")} → ${at}.` };
    passed.add(at);
    const parentId = nodes.get(at)?.parentId ?? null;
    if (parentId === null || refused.has(parentId) || passed.size > LONGEST_WALK)
      return {
        code: "parent_refused",
        column,
        reason: `Category ${id} hangs on category ${parentId ?? at}, which was refused.`,
      };
    if (!nodes.has(parentId)) {
      const reason = `Category ${id} hangs on category ${parentId}, which the file does not have.`;
      return { code: "parent_missing", column, reason };
    }
    at = parentId;
  }
}
