import { mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { changeCategory } from "@/lib/categories/change-category";
import { disconnect, engine } from "@/lib/db/client";
import { env } from "@/lib/env";
import { createFeedSource } from "@/lib/feeds/mutations";
import { storeIcon } from "@/lib/icons/icon-store";
import { announceChanges } from "./api";
import { createCategory, createDefinition, createImage, createMetafield, createProduct } from "./factories";
import { importRows } from "./import-rows";
import { makeBlotches } from "./pictures";
import { importFiles } from "./run-import";

type Given = Record<string, unknown>;

/** What must be there for a kind of job to have something to do, and what must be chosen beside the usual values. */
type Fixture = (at: { pictureUrl: string }) => Promise<Given>;

/** A price list of one thing that is in the catalogue and one that nobody knows. */
async function priceList(): Promise<string> {
  const folder = join(env().dataFolder, "job-fixtures");
  await mkdir(folder, { recursive: true });
  const path = join(folder, "items.csv");
  await writeFile(path, "ItemNumber,Description,UnitPrice,QuantityOnHand\nA1,Gel pen,1.10,7\nZZZ9000,Bracket,2.10,3\n");
  await importRows({ A1: {} });
  return path;
}

async function folderSource(): Promise<Given> {
  const connection = { type: "folder" as const, path: await priceList(), settleSeconds: 0 };
  await createFeedSource(SYSTEM, { name: "Price list", kind: "erp", connection });
  return { source: "Price list" };
}

async function appliedRun(): Promise<Given> {
  const { number } = await importRows({ A1: {}, A2: { title: "Ruler" } });
  return { run: String(number) };
}

async function heldRow(): Promise<Given> {
  await importFiles("erp", [await priceList()]);
  return { row: "ZZZ9000", as: "new", sku: "ZZZ9000", name: "Bracket" };
}

/** The file as it was made before it could give space back in steps. */
async function oldFile(): Promise<Given> {
  if (engine() === "postgresql") return {};
  await disconnect();
  const file = new Database(env().databaseUrl.slice("file:".length));
  file.pragma("auto_vacuum = NONE");
  file.exec("VACUUM");
  file.close();
  return {};
}

/** In the first of the usual places: one icon with a category, one without its file. */
async function earlierIcons(): Promise<Given> {
  await createCategory({ name: "Pens" });
  const folder = join(env().dataFolder, "icons");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "a.png"), await makeBlotches(1));
  const icons = { a: { category_name: "Pens", file_path: "a.png" }, b: { category_id: "12", file_path: "b.png" } };
  await writeFile(join(folder, "metadata.json"), JSON.stringify({ icons }));
  return {};
}

async function unusedIcon(): Promise<Given> {
  const { storagePath } = await storeIcon(await makeBlotches(1));
  const longAgo = new Date(Date.now() - 3 * 86_400_000);
  await utimes(join(env().dataFolder, storagePath), longAgo, longAgo);
  return { dryRun: false };
}

async function nothing(): Promise<Given> {
  return {};
}

/** Of every kind of job. */
export const JOB_FIXTURES: Record<string, Fixture> = {
  "feed.import": folderSource,
  "feed.fetch": folderSource,
  async "feed.sample"() {
    await importFiles("erp", [await priceList()], { sourceName: "Price list" });
    return { source: "Price list" };
  },
  async "sync.apply"() {
    const { number } = await importRows({ A1: {}, A2: {} }, { yes: false });
    return { run: String(number) };
  },
  "sync.answer": heldRow,
  "sync.undo": appliedRun,
  "sync.plan-undo": appliedRun,
  "sync.retention": nothing,
  "database.compact": oldFile,
  async "category.merge"() {
    const [from, into] = [await createCategory({ name: "Pens" }), await createCategory({ name: "Writing" })];
    await createProduct({ categoryId: from.id });
    await announceChanges();
    return { category: from.path, into: into.path };
  },
  async "category.words"() {
    const { id } = await createCategory({ name: "Pens" });
    await createProduct({ categoryId: id });
    const { number } = await changeCategory(SYSTEM, { operation: { kind: "rename", id, name: "Quills" } });
    return { run: String(number) };
  },
  async "bulk.plan"() {
    await createProduct({ name: "Pen" });
    return { do: "prefix", field: "Name", value: "New " };
  },
  async "products.purge-plan"() {
    await createProduct({ name: "Pen", status: "archived", archivedAt: new Date(0) });
    return {};
  },
  async "duplicates.find"() {
    await importRows({ A1: {}, A2: {} });
    return {};
  },
  async "metafields.check"() {
    const { id } = await createProduct({ sku: "PEN", name: "Pen" });
    await createDefinition({ namespace: "custom", key: "grip", name: "Grip" });
    await createMetafield(id, { namespace: "custom", key: "grip", value: "rubber" });
    return { definition: "custom.grip", rules: ["max=3"] };
  },
  async "export.products"() {
    await createProduct({ sku: "PEN", name: "Pen" });
    return {};
  },
  async "quality.refresh"() {
    await createProduct();
    return {};
  },
  async "search.words"() {
    await importRows({ A1: {} });
    await announceChanges();
    return {};
  },
  "sample.edits": nothing,
  async "images.fetch"({ pictureUrl }) {
    await createImage((await createProduct()).id, { url: pictureUrl });
    return {};
  },
  "images.look-alikes": nothing,
  "images.sweep": nothing,
  async "icons.generate"() {
    await createCategory({ name: "Pens" });
    await announceChanges();
    return {};
  },
  "icons.export": nothing,
  "icons.import": earlierIcons,
  "icons.sweep": unusedIcon,
};
