import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { createCategory } from "@/lib/testing/factories";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { importLegacy } from "./import-legacy";
import { emptyReport, type LegacyReport } from "./legacy-report";
import { openLegacyStore } from "./legacy-store";

const RUNS = 25;
const nobody = async () => undefined;

let root: string;
let pictures: Buffer[];
let canary: Buffer;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "stockroom-random-stores-"));
  pictures = await Promise.all([1, 2, 3, 4].map((seed) => makeBlotches(seed, { width: 32, height: 32 })));
  canary = await makeBlotches(9, { width: 32, height: 32 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const inside = fc.constantFrom(
  "0.png",
  "1.png",
  "2.png",
  "3.png",
  "copy-of-0.png",
  "sub/1.png",
  "none.png",
  "page.png",
);
const outside = fc.constantFrom(
  "../canary.png",
  "sub/../../canary.png",
  "link.png",
  "linked/canary.png",
  "/canary.png",
);
const path = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom("", "data/generated_icons/", "/srv/generated_icons/"), inside)
      .map((parts) => parts.join("")),
  },
  { weight: 2, arbitrary: outside },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
);
const category = fc.constantFrom("Pens", "Paper", "Nowhere", null);
const sound = fc.record(
  {
    category_id: fc.oneof(fc.integer({ min: 1, max: 20 }).map(String), fc.constant(null)),
    category_name: category,
    file_path: path,
    created_at: fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.string(),
      fc.constant(null),
    ),
    metadata: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
  },
  { requiredKeys: ["file_path"] },
);
const entry = fc.oneof({ weight: 8, arbitrary: sound }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) });
const icons = fc.dictionary(fc.oneof(fc.uuid(), fc.string({ maxLength: 12 })), entry, { maxKeys: 14 });

function write(folder: string, told: Record<string, unknown>) {
  mkdirSync(join(folder, "sub"), { recursive: true });
  writeFileSync(join(folder, "..", "canary.png"), canary);
  for (const [n, bytes] of pictures.entries()) writeFileSync(join(folder, `${n}.png`), bytes);
  writeFileSync(join(folder, "copy-of-0.png"), pictures[0] ?? "");
  writeFileSync(join(folder, "sub", "1.png"), pictures[1] ?? "");
  writeFileSync(join(folder, "page.png"), "<html>");
  symlinkSync(join(folder, "..", "canary.png"), join(folder, "link.png"));
  symlinkSync(join(folder, ".."), join(folder, "linked"));
  writeFileSync(join(folder, "metadata.json"), JSON.stringify({ icons: told }));
}

async function take(folder: string, dryRun = false): Promise<LegacyReport> {
  const report = emptyReport(dryRun);
  const before = { hashes: new Map(), shown: new Set<string>() };
  await importLegacy(SYSTEM, await openLegacyStore(folder, root), { report, before, onBatch: nobody });
  return report;
}

const counts = ({ stores: _, lines: __, dryRun: ___, linesLeftOut: ____, ...rest }: LegacyReport) => rest;
const rows = () => db.icon.findMany({ orderBy: { id: "asc" } });

test("whatever a store holds, as many icons come out as went in, twice is once, and nothing outside it is read", async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(icons, async (told) => {
      await resetDatabase();
      await createCategory({ name: "Pens" });
      await createCategory({ name: "Paper" });
      n += 1;
      const folder = join(root, String(n), "store");
      write(folder, told);
      const file = join(folder, "metadata.json");
      const [bytes, { mtimeMs }] = [readFileSync(file), statSync(file)];

      const tried = await take(folder, true);
      expect(await db.icon.count()).toBe(0);
      const first = await take(folder);
      const after = await rows();
      const second = await take(folder);

      expect(counts(tried)).toEqual(counts(first));
      expect(first.in).toBe(Object.keys(told).length);
      for (const { assigned, unassigned, missing, duplicates, deleted, refused, assets, ...report } of [
        first,
        second,
      ]) {
        expect(assigned + unassigned + missing + duplicates + deleted + refused).toBe(report.in);
        expect(assigned + unassigned + missing).toBe(assets);
      }
      expect(after).toHaveLength(first.assets);
      expect(first.added).toBe(first.assets);
      expect(counts(second)).toEqual({ ...counts(first), added: 0, activated: 0 });
      expect(await rows()).toEqual(after);
      expect(after.filter(({ categoryId }) => categoryId !== null)).toHaveLength(first.assigned);
      expect(after.filter(({ fileMissing }) => fileMissing)).toHaveLength(first.missing);
      expect(after.filter(({ status }) => status === "active")).toHaveLength(first.activated);
      expect(after.map(({ fileHash }) => fileHash)).not.toContain(createHash("sha256").update(canary).digest("hex"));
      expect(readFileSync(file).equals(bytes)).toBe(true);
      expect(statSync(file).mtimeMs).toBe(mtimeMs);
    }),
    { numRuns: RUNS },
  );
});

test("any bytes as metadata.json are read or refused in a sentence", async () => {
  const folder = mkdtempSync(join(root, "bytes-"));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      async (bytes) => {
        writeFileSync(join(folder, "metadata.json"), bytes);
        const told = await openLegacyStore(folder, root).catch((error: unknown) => error);
        if (told instanceof Error)
          expect(told).toMatchObject({ code: "invalid_input", message: expect.stringMatching(/\.$/) });
      },
    ),
    { numRuns: 200 },
  );
});
