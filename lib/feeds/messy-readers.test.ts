import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFeedFiles, readFeedText } from "@/lib/testing/read-feed";
import { describeSharedData } from "@/lib/testing/shared-data";
import { FeedError } from "./feed-error";
import type { FeedKind } from "./feed-record";
import { distinctNames } from "./headed-csv";
import { mapping } from "./mapping";
import { detectDialect } from "./mapping/detect-dialect";
import { readerOf } from "./readers";

const KINDS: FeedKind[] = ["etilize", "shopify_csv", "erp", "csv", "category_json"];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A list whose first column is its key and its last one the name. */
function mappingOf(text: string) {
  const dialect = detectDialect(text);
  const header = distinctNames(
    (text.split(/\r?\n/)[Math.max(0, dialect.headerLine - 1)] ?? "").split(dialect.delimiter),
  );
  const column = header.at(-1) || "a";
  const columns = [{ column, target: { to: "field", field: "name" } }];
  return mapping.parse({ dialect, keyColumn: header[0] || "a", columns });
}

describeSharedData("R11 files that break parsers", (path) => {
  test.each(KINDS)("every one of them is read by the reader of kind %s, or refused with a sentence", async (kind) => {
    const found = { read: 0, refused: 0 };
    for (const file of filesIn(path("messy"))) {
      const text = await readFile(file, "utf8");
      try {
        const feed = await readFeedFiles(readerOf(kind), [file], { mapping: mappingOf(text) });
        expect({ file, uncounted: Object.values(feed.uncounted).filter((rows) => rows !== 0) }).toEqual({
          file,
          uncounted: [],
        });
        for (const { at, reason } of feed.rejections) {
          expect(at.line).toBeGreaterThan(0);
          expect(reason).toMatch(/[.)]$/);
        }
        found.read++;
      } catch (error) {
        if (!(error instanceof FeedError)) throw new Error(`${file}: ${error}`, { cause: error });
        expect(error.message).toMatch(/\.$/);
        found.refused++;
      }
    }
    expect(found.read + found.refused).toBeGreaterThan(60);
  });

  test("a shop's own export has its products, each row counted", async () => {
    const file = path("messy", "shopify-csv", "export_packt_theme.csv");
    const feed = await readFeedFiles(readerOf("shopify_csv"), [file]);
    expect(feed.files).toMatchObject([{ rowsRead: 21 }]);
    expect(feed.products.length + feed.rejections.filter(({ severity }) => severity === "error").length).toBe(20);
  });

  test("naughty strings are names like any other, to the letter", async () => {
    const strings: string[] = JSON.parse(await readFile(path("messy", "naughty-strings", "blns.json"), "utf8"));
    const names = [...new Set(strings)].filter((name) => name.trim() !== "" && !name.includes("\0"));
    const rows = names.map((name, at) => `K-${at},"${name.replaceAll('"', '""')}"`);
    const columns = [{ column: "Name", target: { to: "field", field: "name" } }];
    const mapped = { mapping: mapping.parse({ keyColumn: "No", skuColumn: "No", columns }) };
    const feed = await readFeedText(readerOf("csv"), { "list.csv": ["No,Name", ...rows, ""].join("\r\n") }, mapped);
    expect(feed.rejections).toEqual([]);
    expect(feed.products.map(({ fields }) => fields.name)).toEqual(names.map((name) => name.trim()));
  });
});
