import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, importFiles, workOff } from "@/lib/testing/run-import";
import { approveRun } from "../mutations";

const folder = await mkdtemp(join(tmpdir(), "stockroom-preview-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const row = fc.record({
  key: fc.integer({ min: 100, max: 111 }),
  title: fc.constantFrom("Pen", "Ink", "Ruler"),
  price: fc.constantFrom("1.00", "1.05", "2.00", "N/A"),
  stock: fc.integer({ min: 0, max: 3 }),
  category: fc.constantFrom("Office > Pens", "Office > Ink", "Desk"),
  colour: fc.constantFrom("", "Blue", "Red"),
});
const feed = fc.array(row, { minLength: 4, maxLength: 12 });

let files = 0;

async function importRows(
  rows: typeof feed extends fc.Arbitrary<infer T> ? T : never,
  options: Parameters<typeof importFiles>[2],
) {
  const path = join(folder, `${++files}.csv`);
  const header =
    "Handle,Title,Vendor,Barcode,Price,Inventory,Google Shopping / Google Product Category,Product image URL,Metafield: custom.SPRC[list.single_line_text],Metafield: custom.Colour[list.single_line_text]";
  const lines = rows.map(
    ({ key, title, price, stock, category, colour }) =>
      `spr${key},${title},Halden,,${price},${stock},${category},,SPR${key},${colour}`,
  );
  await writeFile(path, [header, ...lines, ""].join("\r\n"));
  return importFiles("shopify_csv", [path], options);
}

const COUNTS = ["totalItems", "created", "updated", "unchanged", "missing", "rejected", "repeated", "held"] as const;

async function figures(runId: string) {
  const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
  const groups = await db.syncChange.groupBy({ by: ["entity", "kind"], where: { runId }, _count: { _all: true } });
  const kinds = groups.map(({ entity, kind, _count }) => `${entity} ${kind} ${_count._all}`).sort();
  return { ...Object.fromEntries(COUNTS.map((name) => [name, run[name]])), kinds };
}

test("what a dry run counts is what the run then applies, kind by kind, and once more it is nothing", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(feed, feed, async (first, second) => {
      await resetDatabase();
      const base = await importRows(first, { yes: true });
      if (base.status === "review") await workOff((await approveRun(SYSTEM, { runId: base.id })).jobId);
      const preview = await importRows(second, { dryRun: true });
      const run = await importRows(second, { yes: false });
      const found = await figures(run.id);
      expect(found).toEqual(await figures(preview.id));
      if (run.status === "review") await workOff((await approveRun(SYSTEM, { runId: run.id })).jobId);
      expect(await figures(run.id)).toEqual(found);
      const states = await db.syncChange.groupBy({ by: ["state"], where: { runId: run.id }, _count: { _all: true } });
      expect(states.map(({ state }) => state)).toEqual(states.length > 0 ? ["applied"] : []);
      expect((await getEndedRun(run.id)).successful).toBe(states[0]?._count._all ?? 0);
      // R3, R22: what is in says nothing new.
      const again = await importRows([...second], { dryRun: true });
      expect(again).toMatchObject({ created: 0, updated: 0 });
    }),
    { numRuns: 8 },
  );
});
