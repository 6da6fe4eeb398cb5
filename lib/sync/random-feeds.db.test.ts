import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeEach, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { db } from "@/lib/db/client";
import { proofCount, proofSeed, proofTimeout, reportProof } from "@/lib/testing/proof";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";

const folder = await mkdtemp(join(tmpdir(), "stockroom-random-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

/** Random feeds and cuts in the tests; each is a whole import. */
const SLICE = 15;
const COUNT = proofCount(SLICE);

const HEADER = "ItemNumber,UPC,ListPrice,QuantityOnHand";
const field = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("1.00", "2.50", "12", "0", "", "N/A", "-3", "1,000.00") },
  fc.string({ maxLength: 8 }),
  fc.constantFrom('"', '"a,b"', '"two\nlines"', "é", "\t", "=1+1"),
);
const key = fc.constantFrom("CWS1001", "CWS1002", "CWS1003", "PAP2001", "PAP2002", "x", "");
const row = fc.tuple(key, field, field, field).map((cells) => cells.join(","));
const line = fc.oneof({ weight: 8, arbitrary: row }, fc.string({ maxLength: 30 }), fc.constantFrom("", ",,,", "a,b"));

test("R10 of random feeds each file's rows add up, or the run fails", {
  timeout: proofTimeout(SLICE, 120_000),
}, async () => {
  let reconciled = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.constantFrom("\n", "\r\n"), async (lines, lineEnd) => {
      const path = join(folder, "items.csv");
      await writeFile(path, [HEADER, ...lines, ""].join(lineEnd));
      const run = await importFiles("erp", [path]);
      if (run.status === "failed") return;
      for (const file of await db.syncFile.findMany({ where: { runId: run.id } })) {
        reconciled++;
        const { rowsRead, rowsStaged, rowsUnchanged, rowsRepeated, rowsRejected } = file;
        expect(rowsStaged + rowsUnchanged + rowsRepeated + rowsRejected).toBe(rowsRead);
      }
      const errors = await db.syncRejection.findMany({ where: { runId: run.id, severity: "error" } });
      for (const error of errors) {
        expect(error).toMatchObject({ file: "items.csv", reason: expect.stringMatching(/\w/) });
        expect(error.line).toBeGreaterThan(1);
      }
    }),
    { numRuns: COUNT, seed: proofSeed() },
  );
  reportProof("R10", { feeds: COUNT, filesReconciled: reconciled });
  expect(reconciled).toBeGreaterThan(COUNT / 2);
});

test("A06 a zip cut at any offset applies nothing", { timeout: proofTimeout(SLICE, 120_000) }, async () => {
  const rows = Array.from({ length: 40 }, (_, n) => `pen-${n},Pen ${n},,1.00,SPR${100 + n}`);
  const header = "Handle,Title,Barcode,Price,Metafield: custom.SPRC[list.single_line_text]";
  const whole = await zipped([header, ...rows].join("\r\n"));
  for (let n = 1; n <= COUNT; n++) {
    const at = Math.floor((whole.length * n) / (COUNT + 1));
    const path = join(folder, "feed.zip");
    await writeFile(path, whole.subarray(0, at));
    const run = await importFiles("shopify_csv", [path]);
    expect([at, run.status]).toEqual([at, "failed"]);
  }
  expect(await db.product.count()).toBe(0);
});

async function zipped(text: string) {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), "feed.csv");
  zip.end();
  return buffer(zip.outputStream);
}
