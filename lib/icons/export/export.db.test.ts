import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import yauzl from "yauzl";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { JobContext } from "@/lib/jobs/define-job";
import { actor, createCategory, createIcon } from "@/lib/testing/factories";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { chooseIcon } from "../activate";
import { storeIcon } from "../icon-store";
import { archiveName } from "./archive-names";
import { exportedIcons, iconExport, iconExportJob, requestIconExport } from "./export-job";

const staff = actor("staff");

beforeEach(() => resetDatabase());

async function unpack(path: string) {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, {
    autoClose: true,
    lazyEntries: false,
  });
  const files = new Map<string, Promise<Buffer>>();
  await new Promise<void>((resolve, reject) => {
    zip.on("entry", (entry: yauzl.Entry) => {
      const read = promisify(zip.openReadStream.bind(zip)) as (entry: yauzl.Entry) => Promise<NodeJS.ReadableStream>;
      files.set(entry.fileName, read(entry).then(buffer));
    });
    zip.on("end", resolve);
    zip.on("error", reject);
  });
  const read = await Promise.all([...files].map(async ([name, body]) => [name, await body] as const));
  return new Map(read);
}

/** As the worker does the job. */
async function exported(input: Parameters<typeof iconExport.parse>[0]) {
  const { jobId } = await requestIconExport(staff, iconExport.parse(input));
  const context = { jobId, log: () => undefined, report: async () => undefined } as unknown as JobContext;
  const { parameters } = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  const result = await iconExportJob.handle(iconExport.parse(parameters), context);
  await expect(exportedIcons(staff, jobId)).rejects.toMatchObject({ code: "not_found" });
  const data = { status: "completed", result: JSON.parse(JSON.stringify(result)) } as const;
  await transaction((tx) => tx.job.update({ where: { id: jobId }, data }));
  const { path } = await exportedIcons(staff, jobId);
  return { result, files: await unpack(path), path };
}

test("the zip holds each icon under its category's path, byte for byte, with a list of what it is", async () => {
  const office = await createCategory({ name: "Office" });
  const pens = await createCategory({ name: "Pens" }, office);
  const [kept, gone] = [await storeIcon(await makeBlotches(1)), await storeIcon(await makeBlotches(2))];
  const first = await createIcon({ ...kept, categoryId: pens.id, prompt: "=a pen", filename: "pen.png" });
  const second = await createIcon({ ...gone, filename: "gone.png" });
  rmSync(join(env().dataFolder, gone.storagePath));
  await chooseIcon(actor("manager"), { categoryId: pens.id, iconId: first.id, seenIconId: null });
  await transaction((tx) => tx.catalogueVersion.updateMany({ data: { version: 5_000 } }));
  const { result, files } = await exported({ show: "all" });
  expect(result).toMatchObject({ icons: 1, missing: 1 });
  const name = `icons/office/pens/pens-${kept.fileHash.slice(0, 12)}.png`;
  expect([...files.keys()].sort()).toEqual(["icons.csv", name, "manifest.json"].sort());
  expect(files.get(name)).toEqual(readFileSync(join(env().dataFolder, kept.storagePath)));
  const { icons } = JSON.parse(String(files.get("manifest.json")));
  expect(icons).toMatchObject([
    { id: first.id, file: name, category: { path: "office/pens", name: "Office / Pens" }, active: true },
    { id: second.id, file: null, category: null, active: false },
  ]);
  const rows: Record<string, string>[] = parse(files.get("icons.csv") ?? "", { columns: true, bom: true });
  expect(rows.map((row) => [row["Category path"], row.Active, row.Prompt])).toEqual([
    ["office/pens", "yes", "'=a pen"],
    ["", "no", ""],
  ]);
});

test("ticked icons alone are packed, and of the active ones only those", async () => {
  const pens = await createCategory({ name: "Pens" });
  const [a, b] = [await storeIcon(await makeBlotches(3)), await storeIcon(await makeBlotches(4))];
  const first = await createIcon({ ...a });
  await createIcon({ ...b, categoryId: pens.id, status: "active" });
  await transaction((tx) => tx.catalogueVersion.updateMany({ data: { version: 6_000 } }));
  expect((await exported({ ids: [first.id] })).result).toMatchObject({ icons: 1 });
  const active = await exported({});
  expect([...active.files.keys()]).toContain(`icons/pens/pens-${b.fileHash.slice(0, 12)}.png`);
  expect(active.files.size).toBe(3);
});

test("whatever a category's path is, a name in the zip stays below its folder and is not too long", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 12 }), (slugs) => {
      const category = { path: slugs.join("/"), slug: slugs.at(-1) ?? "" };
      const name = archiveName({ id: "x", fileHash: "ab".repeat(32), storagePath: "icons/ab/x.png", category });
      expect(name).toMatch(/^icons\/[^\\:]+\.png$/);
      expect(name.split("/")).not.toContain("..");
      expect(name.split("/")).not.toContain("");
      expect(name.length).toBeLessThan(300);
    }),
  );
});
