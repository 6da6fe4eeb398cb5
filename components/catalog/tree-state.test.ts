import { expect, test } from "vitest";
import type { CategoryLine } from "@/lib/categories/list-children";
import { parentIndex, typeAhead, visibleRows, withPage } from "./tree-state";

function line(id: string, children = 0): CategoryLine {
  return { id, name: `Name ${id}`, slug: id, total: 0, own: 0, children };
}

const page = { "": [line("a", 2), line("b", 1)], a: [line("x"), line("y", 3)] };

test("a page unfolds its way down and keeps what was unfolded", () => {
  const first = withPage(null, page);
  const shown = visibleRows(withPage(first, { "": page[""] }), new Set());
  expect(shown.map((row) => (row.kind === "category" ? row.line.id : row.kind))).toEqual(["a", "x", "y", "b"]);
});

test("a line's path is its parents' and its own", () => {
  const rows = visibleRows(withPage(null, page), new Set());
  expect(rows.map((row) => row.kind === "category" && row.path)).toEqual(["a", "a/x", "a/y", "b"]);
});

test("an unfolded line without its level waits for it, or tells that it failed", () => {
  const state = { levels: page, open: new Set(["a", "y", "b"]) };
  const kinds = visibleRows(state, new Set(["b"])).map((row) => row.kind);
  expect(kinds).toEqual(["category", "category", "category", "waiting", "category", "failed"]);
});

test("typing finds the next line that begins so, left finds the parent", () => {
  const rows = visibleRows({ levels: page, open: new Set(["a"]) }, new Set());
  expect(typeAhead(rows, 0, "n")).toBe(1);
  expect(typeAhead(rows, 3, "n")).toBe(0);
  expect(typeAhead(rows, 0, "name y")).toBe(2);
  expect(typeAhead(rows, 0, "q")).toBeNull();
  expect(parentIndex(rows, 2)).toBe(0);
  expect(parentIndex(rows, 3)).toBe(3);
});
