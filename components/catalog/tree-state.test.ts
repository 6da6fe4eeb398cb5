import { expect, test } from "vitest";
import type { CategoryLine } from "@/lib/categories/list-children";
import { type CategoryRow, dropAt, parentIndex, siblingOf, typeAhead, visibleRows, withPage } from "./tree-state";

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
  const state = { levels: page, open: new Set(["a", "y", "b"]), showsArchived: false };
  const kinds = visibleRows(state, new Set(["b"])).map((row) => row.kind);
  expect(kinds).toEqual(["category", "category", "category", "waiting", "category", "failed"]);
});

test("typing finds the next line that begins so, left finds the parent", () => {
  const rows = visibleRows({ levels: page, open: new Set(["a"]), showsArchived: false }, new Set());
  expect(typeAhead(rows, 0, "n")).toBe(1);
  expect(typeAhead(rows, 3, "n")).toBe(0);
  expect(typeAhead(rows, 0, "name y")).toBe(2);
  expect(typeAhead(rows, 0, "q")).toBeNull();
  expect(parentIndex(rows, 2)).toBe(0);
  expect(parentIndex(rows, 3)).toBe(3);
});

test("archived lines are hidden until somebody asks for them, and do not make a line unfold", () => {
  const old = { ...line("old"), isArchived: true as const };
  const levels = { "": [{ ...line("a"), archived: 1 }, old], a: [{ ...line("z"), isArchived: true as const }] };
  const state = { levels, open: new Set(["a"]), showsArchived: false };
  const ids = (showsArchived: boolean) =>
    visibleRows({ ...state, showsArchived }, new Set()).map((row) => row.kind === "category" && row.line.id);
  expect(ids(false)).toEqual(["a"]);
  expect(ids(true)).toEqual(["a", "z", "old"]);
});

test("a dropped line comes before, into or after the one under it; never into itself, nor where it is", () => {
  const rows = visibleRows({ levels: page, open: new Set(["a"]), showsArchived: false }, new Set());
  const of = (id: string) => rows.find((row) => row.kind === "category" && row.line.id === id) as CategoryRow;
  const at = (id: string) => rows.indexOf(of(id));
  const place = (moved: string, over: string, share: number) => {
    const drop = dropAt(rows, of(moved), at(over), share);
    return drop && [drop.zone, drop.parentId, drop.beforeId];
  };
  expect(place("b", "x", 0.1)).toEqual(["before", "a", "x"]);
  expect(place("b", "x", 0.5)).toEqual(["into", "x", undefined]);
  expect(place("b", "x", 0.9)).toEqual(["after", "a", "y"]);
  expect(place("x", "y", 0.9)).toEqual(["after", "a", null]);
  expect(place("b", "a", 0.9)).toEqual(["into", "a", undefined]);
  for (const [moved, over, share] of [
    ["a", "x", 0.5],
    ["a", "a", 0.1],
    ["x", "y", 0.1],
    ["y", "x", 0.9],
    ["x", "a", 0.5],
  ] as const) {
    expect(place(moved, over, share)).toBeNull();
  }
  expect(siblingOf(rows, of("x"), 1)?.line.id).toBe("y");
  expect(siblingOf(rows, of("x"), -1)).toBeUndefined();
});
