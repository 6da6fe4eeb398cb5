import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFeedFiles, readFeedText } from "@/lib/testing/read-feed";
import { describeSharedData } from "@/lib/testing/shared-data";
import { readCategoryJson } from "./category-json-reader";
import { FeedError } from "./feed-error";

const read = (content: string | Buffer | object, name = "tree.json") =>
  readFeedText(readCategoryJson, {
    [name]: typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 2),
  });

const treeOf = ({ categories }: Awaited<ReturnType<typeof read>>) =>
  Object.fromEntries(categories.map((category) => [category.key, category.parentKey]));

const codesOf = ({ rejections }: Awaited<ReturnType<typeof read>>) =>
  rejections.map(({ severity, code, key }) => `${severity} ${code} ${key}`);

describe("a category tree as JSON", () => {
  test("says by a path, by a parent or by its children what hangs where", async () => {
    const byPath = await read([
      { id: "a", name: "A", path: [{ id: "a", name: "A" }] },
      {
        id: "b",
        name: "B",
        path: [
          { id: "a", name: "A" },
          { id: "b", name: "B" },
        ],
      },
    ]);
    const byParent = await read([
      { id: 2, name: "B", parentId: 1 },
      { id: 1, name: "A", parentId: null },
    ]);
    const byChildren = await read([
      { id: "a", name: "A", children: [{ id: "b", name: "B", children: [{ id: "c", name: "C" }] }] },
    ]);
    expect(treeOf(byPath)).toEqual({ a: null, b: "a" });
    expect(treeOf(byParent)).toEqual({ 1: null, 2: "1" });
    expect(treeOf(byChildren)).toEqual({ a: null, b: "a", c: "b" });
    for (const tree of [byPath, byParent, byChildren]) expect(Object.values(tree.uncounted)).toEqual([0]);
  });

  test("a category with several parents is put under the first, and the others are told", async () => {
    const tree = await read([
      { id: "a", name: "A", parentId: null, children: [{ id: "c", name: "C" }] },
      { id: "b", name: "B", parentId: null, children: [{ id: "c", name: "C" }] },
      { id: "c", name: "C" },
    ]);
    expect(treeOf(tree)).toEqual({ a: null, b: null, c: "a" });
    expect(tree.rejections).toMatchObject([
      { severity: "warning", code: "several_parents", key: "c", reason: expect.stringContaining("2 parents (a, b)") },
    ]);
  });

  test("a circle is refused row by row, never walked for ever", async () => {
    const tree = await read([
      { id: "a", name: "A", parentId: "c" },
      { id: "b", name: "B", parentId: "a" },
      { id: "c", name: "C", parentId: "b" },
      { id: "d", name: "D", parentId: "c" },
      { id: "e", name: "E", parentId: "e" },
      { id: "f", name: "F", parentId: null },
    ]);
    expect(treeOf(tree)).toEqual({ f: null });
    expect(codesOf(tree)).toEqual(["a", "b", "c", "d", "e"].map((key) => `error cycle ${key}`));
  });

  test("a parent or child that the file does not have is told, with the line", async () => {
    const tree = await read(
      `[\n{"id":"a","name":"A","parentId":null,"children":[{"id":"x","name":"Nowhere"}]},\n{"id":"b","name":"B","parentId":"y"}\n]`,
    );
    expect(tree.rejections.map(({ severity, code, key, at }) => [severity, code, key, at.line])).toEqual([
      ["error", "parent_missing", "b", 3],
      ["warning", "child_missing", "x", 2],
    ]);
  });

  test("a broken object costs itself alone", async () => {
    const tree = await read(
      `{"id":"a","name":"A"}\n{"id":"b","name":}\n{"name":"no id"}\n{"id":"c","name":"C"}\n{"id":"d"`,
    );
    expect(treeOf(tree)).toEqual({ a: null, c: null });
    expect(tree.rejections.map(({ code, at }) => `${code}:${at.line}`)).toEqual([
      "not_json:2",
      "bad_value:3",
      "cut_row:5",
    ]);
    expect(tree.rejections[0]?.raw).toBe(`{"id":"b","name":}`);
    expect(Object.values(tree.uncounted)).toEqual([0]);
  });

  test("what is no list of objects is refused with its line", async () => {
    await expect(read(`[\n1, 2]`)).rejects.toThrow(/line 2 holds "1"/);
    await expect(read("sku,name\n1,Pen")).rejects.toThrow(FeedError);
  });

  test("comes as gzip too; cut or made to burst, it is refused with a sentence", async () => {
    const packed = gzipSync(JSON.stringify([{ id: "a", name: "Ä" }]));
    expect((await read(packed, "tree.json.gz")).categories).toMatchObject([{ key: "a", name: "Ä" }]);
    await expect(read(packed.subarray(0, -6), "tree.json.gz")).rejects.toThrow(/^gzip test failed: tree\.json\.gz/);
    const bomb = gzipSync(Buffer.alloc(80 * 2 ** 20));
    await expect(read(bomb, "bomb.gz")).rejects.toThrow(/more than 200 times its size/);
  });

  test("whatever the edges, each row is told once and each parent comes before its children", async () => {
    const ids = fc.constantFrom("a", "b", "c", "d", "e");
    const row = fc.record({
      id: ids,
      name: fc.constantFrom("N", ""),
      parentId: fc.option(fc.constantFrom("a", "b", "c", "d", "e", "zz"), { nil: undefined }),
      children: fc.array(fc.record({ id: ids, name: fc.constant("N") }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const tree = await read(rows);
        expect(Object.values(tree.uncounted)).toEqual([0]);
        const seen = new Set<string | null>([null]);
        for (const { key, parentKey } of tree.categories) {
          expect(seen.has(parentKey)).toBe(true);
          expect(seen.has(key)).toBe(false);
          seen.add(key);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describeSharedData("the hostile tree of a real shop", (path) => {
  test("R11 is taken in as far as it holds", async () => {
    const tree = await readFeedFiles(readCategoryJson, [path("taxonomy/bestbuy-categories.json.gz")]);
    const count = (code: string) => tree.rejections.filter((rejection) => rejection.code === code).length;
    expect(tree.files).toMatchObject([{ rowsRead: 4_584 }]);
    expect(count("child_missing")).toBe(2_100);
    expect(tree.categories.length + tree.rejections.filter(({ severity }) => severity === "error").length).toBe(4_584);
    expect(Object.values(tree.uncounted)).toEqual([0]);
  });
});
