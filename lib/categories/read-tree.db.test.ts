import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { updateCategory } from "@/lib/sync/apply-categories";
import { createCategory } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { type CategoryNode, type CategoryTree, readTree, renewTree } from "./read-tree";

beforeEach(() => resetDatabase());

/** All that a tree says, in its order. */
function told(tree: CategoryTree) {
  const of = (node: CategoryNode): unknown => {
    const { id, name, path, level, isActive, children } = node;
    return { id, name, path, level, isActive, children: children.map(of) };
  };
  return { roots: tree.roots.map(of), size: tree.byId.size };
}

test("a tree brought up to now is the tree read whole, whatever was made, renamed, moved, ordered or taken away", async () => {
  const kind = fc.constantFrom("create", "rename", "move", "order", "archive", "delete");
  const step = fc.record({ kind, of: fc.nat(), to: fc.nat(), n: fc.integer({ min: 0, max: 5 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      await resetDatabase();
      for (const name of ["A", "B", "C"]) await createCategory({ name });
      let held = await readTree(db);
      for (const [turn, { kind: what, of, to, n }] of steps.entries()) {
        const since = Date.now();
        const rows = await db.category.findMany({ orderBy: { id: "asc" } });
        const [one, other] = [rows[of % rows.length], rows[to % rows.length]];
        if (!one || !other) return;
        const set = (field: string, after: string | number | boolean | null, afterId?: string) =>
          transaction((tx) => updateCategory(tx, one.id, [{ field, before: null, after, afterId }]));
        if (what === "create") await createCategory({ name: `New ${turn}` }, one);
        else if (what === "rename") await set("name", `Name ${n}`);
        else if (what === "move") await set("parent", null, n === 0 ? undefined : other.id);
        else if (what === "order") await set("sortOrder", n);
        else if (what === "archive") await set("isActive", n > 2);
        else if (!rows.some(({ parentId }) => parentId === one.id) && rows.length > 1) {
          await transaction((tx) => tx.category.delete({ where: { id: one.id } }));
        }
        held = await renewTree(db, held, since);
        expect(told(held)).toEqual(told(await readTree(db)));
        const stored = await db.category.findMany({ select: { id: true, path: true, level: true } });
        for (const { id, path, level } of stored) {
          expect(held.byId.get(id)).toMatchObject({ path, level });
          expect(held.byPath.get(path)?.id).toBe(id);
        }
      }
    }),
    { numRuns: 10 },
  );
});
