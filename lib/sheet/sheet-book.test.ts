import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { SheetBook } from "./sheet-book";
import type { SheetColumn } from "./sheet-column";

const columns: SheetColumn[] = [
  { id: "sku", label: "SKU", width: 100, isNumber: false, kind: "read-only", why: "It is the key." },
  { id: "name", label: "Name", width: 100, isNumber: false, kind: "field", field: "name" },
  { id: "price", label: "Price", width: 100, isNumber: true, kind: "field", field: "priceCents" },
  { id: "category", label: "Category", width: 100, isNumber: false, kind: "field", field: "categoryId" },
];

const row = (id: string, price: number | null, name = "Mug") => ({
  ...{ id, sku: `SKU-${id}`, name },
  cells: { sku: `SKU-${id}`, name, price, category: "c1" },
});

const OFFICE = { c1: "Office > Pens", c2: "Office > Ink" };
let book: SheetBook;

beforeEach(() => {
  book = new SheetBook(columns);
  book.addRows([row("a", 100), row("b", null)], OFFICE);
});

const price = (id: string, typed: string) => ({ id, column: "price", typed });

test("a cell typed into waits to be saved, and typing what stands there is no edit", () => {
  expect(book.type([price("a", "2.50"), price("b", ""), { id: "a", column: "sku", typed: "X" }])).toBe(1);
  expect(book.mark("a", "price")).toMatchObject({ state: "pending", from: 100 });
  expect(book.text("a", "price")).toBe("2.50");
  book.type([price("a", "1.00")]);
  expect(book.mark("a", "price")).toBeUndefined();
  expect(book.text("a", "category")).toBe("Office > Pens");
});

test("what can't be read stays as typed with its sentence, and is not sent", () => {
  book.type([price("a", "cheap")]);
  expect(book.mark("a", "price")).toMatchObject({
    state: "invalid",
    typed: "cheap",
    reason: "Enter a price like 12.50.",
  });
  expect(book.takePending(10)).toEqual([]);
});

test("what is typed while its cell is being saved goes out after it, compared with what was saved", () => {
  book.type([price("a", "2")]);
  const sent = book.takePending(10);
  book.type([price("a", "3")]);
  expect(book.takePending(10)).toEqual([]);
  book.settle(sent, [{ outcome: "saved", value: 200 }]);
  expect(book.takePending(10)).toEqual([{ id: "a", column: "price", from: 200, typed: "3" }]);
});

test("R56 a background change below an unsaved cell leaves what was typed and shows the conflict", () => {
  book.type([price("a", "2")]);
  book.refresh([row("a", 150, "Jug")], {});
  expect(book.mark("a", "price")).toMatchObject({ state: "conflict", typed: "2", from: 100, theirs: 150 });
  expect(book.text("a", "name")).toBe("Jug");
  book.keepMine([{ id: "a", column: "price" }]);
  expect(book.takePending(10)).toEqual([{ id: "a", column: "price", from: 150, typed: "2" }]);
});

test("R56 a change that comes in under an open editor is no part of what the person saw: it is told as a conflict", () => {
  book.open("a", "price");
  book.refresh([row("a", 150)], {});
  book.type([price("a", "2")]);
  book.close();
  expect(book.mark("a", "price")).toMatchObject({ state: "conflict", typed: "2", from: 100, theirs: 150 });
});

test("R56 an editor left as it was found takes nothing back of what came in under it", () => {
  book.open("a", "price");
  book.refresh([row("a", 150)], {});
  expect(book.drafts({ id: "a", column: "price", typed: "1.00" })).toEqual([]);
  expect(book.type([price("a", "1.00")])).toBe(0);
  book.close();
  expect(book.text("a", "price")).toBe("1.50");
  expect(book.takePending(10)).toEqual([]);
});

test("theirs taken is the catalogue's value again", () => {
  book.type([price("a", "2")]);
  const sent = book.takePending(10);
  book.settle(sent, [{ outcome: "conflict", theirs: 175, mine: 200 }]);
  expect(book.counts()).toMatchObject({ conflict: 1 });
  book.takeTheirs([{ id: "a", column: "price" }]);
  expect(book.text("a", "price")).toBe("1.75");
  expect(book.openCells()).toEqual([]);
});

test("a save that fails keeps every cell for another try", () => {
  book.type([price("a", "2"), price("b", "3")]);
  const sent = book.takePending(10);
  book.fail(sent, "You are offline.");
  expect(book.mark("b", "price")).toMatchObject({ state: "unsaved", typed: "3", reason: "You are offline." });
  book.retry();
  expect(book.takePending(10)).toHaveLength(2);
});

test("undo and redo are edits of their own, also of what is saved", () => {
  book.type([price("a", "2")]);
  book.settle(book.takePending(10), [{ outcome: "saved", value: 200 }]);
  expect(book.undo()).toHaveLength(1);
  expect(book.takePending(10)).toEqual([{ id: "a", column: "price", from: 200, typed: "1.00" }]);
  book.settle([{ id: "a", column: "price", from: 200, typed: "1.00" }], [{ outcome: "saved", value: 100 }]);
  book.redo();
  expect(book.text("a", "price")).toBe("2");
  expect(book.redo()).toBeNull();
});

test("an undo over somebody else's later change is told as a conflict", () => {
  book.type([price("a", "2")]);
  book.settle(book.takePending(10), [{ outcome: "saved", value: 200 }]);
  book.refresh([row("a", 999)], {});
  book.undo();
  expect(book.mark("a", "price")).toMatchObject({ state: "conflict", typed: "1.00", theirs: 999 });
});

test("a run's cells are told by what the products hold in the end", () => {
  book.type([price("a", "2"), price("b", "3"), { id: "a", column: "category", typed: "ink" }]);
  const [first, second, third] = book.takePending(10);
  if (!first || !second || !third) throw new Error("three were typed");
  book.refresh([{ ...row("a", 200), cells: { ...row("a", 200).cells, category: "c2" } }, row("b", null)], {});
  const queued = [
    { cell: first, value: 200 },
    { cell: second, value: 300 },
    { cell: third, value: "c2" },
  ];
  book.settleRun(queued, ({ id, column }) => book.value(id, column), "Run 7 left it.");
  expect(book.mark("a", "price")).toMatchObject({ state: "saved" });
  expect(book.mark("b", "price")).toMatchObject({ state: "unsaved", typed: "3", reason: "Run 7 left it." });
  expect(book.text("a", "category")).toBe("Office > Ink");
});

test("drafts come back over a reload; those saved meanwhile do not", () => {
  book.type([price("a", "2"), price("b", "3"), { id: "b", column: "name", typed: "" }]);
  const drafts = book.drafts();
  const next = new SheetBook(columns);
  expect(drafts.filter((draft) => next.holds(draft))).toEqual([]);
  next.restore(drafts, "Typed before.");
  next.addRows([row("a", 200), row("b", null)], OFFICE);
  expect(next.openCells()).toHaveLength(2);
  expect(drafts.filter((draft) => next.holds(draft))).toMatchObject([{ id: "a", typed: "2" }]);
  expect(next.mark("b", "price")).toMatchObject({ state: "unsaved", typed: "3" });
  expect(next.mark("b", "name")).toMatchObject({ state: "invalid", reason: "Enter a name." });
});

test("R56 whatever happens in whatever order, nothing typed is lost before it is saved or taken back", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("type"), id: fc.constantFrom("a", "b"), typed: fc.constantFrom("1", "2", "3", "x") }),
    fc.record({ do: fc.constantFrom("send", "fail", "save", "conflict", "retry", "undo", "redo") }),
    fc.record({ do: fc.constant("refresh"), price: fc.constantFrom(100, 200, 300) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const sheet = new SheetBook(columns);
      sheet.addRows([row("a", 100), row("b", 100)], OFFICE);
      let sent: ReturnType<SheetBook["takePending"]> = [];
      for (const one of steps) {
        const before = ["a", "b"].map((id) => sheet.text(id, "price"));
        const open = ["a", "b"].map((id) => sheet.openCells().some((cell) => cell.id === id));
        if ("typed" in one) sheet.type([price(one.id, one.typed)]);
        else if ("price" in one) sheet.refresh([row("a", one.price), row("b", one.price)], {});
        else if (one.do === "send") sent = sent.length > 0 ? sent : sheet.takePending(10);
        else if (one.do === "fail") sheet.fail(sent.splice(0), "Offline.");
        else if (one.do === "retry") sheet.retry();
        else if (one.do === "undo") sheet.undo();
        else if (one.do === "redo") sheet.redo();
        else {
          const of = sent.splice(0);
          const value = (typed: string) => Number(typed) * 100;
          sheet.settle(
            of,
            of.map(({ typed }) =>
              one.do === "save"
                ? { outcome: "saved", value: value(typed) }
                : { outcome: "conflict", theirs: 777, mine: value(typed) },
            ),
          );
        }
        if ("typed" in one || one.do === "undo" || one.do === "redo") continue;
        for (const [at, id] of ["a", "b"].entries()) {
          const isStill = sheet.text(id, "price") === before[at];
          // A refresh may bring the very value that was typed, written as the catalogue writes it.
          const isSame = Number(sheet.text(id, "price")) === Number(before[at]);
          if (open[at]) expect(isStill || isSame, `${one.do} changed what was typed`).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});
