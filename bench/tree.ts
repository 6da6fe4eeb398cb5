// npm run bench -- tree [--categories 100000] [--products 100000] [--runs 200]: the tree of categories, in this process
// beside the bare SQL: the first paint of a process, after somebody's edit, and else; one level; a rename; all with how
// many queries each sends and what it costs this process's processor, which a busy machine does not lengthen.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { SYSTEM } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { changeCategory } from "@/lib/categories/change-category";
import { checkCounts } from "@/lib/categories/check-counts";
import { catalogueTotals, getCategoryAt } from "@/lib/categories/get-category";
import { listChildren, openTree } from "@/lib/categories/list-children";
import { insertRows } from "@/lib/db/bulk";
import { disconnect, transaction } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { newId } from "@/lib/sync/new-id";
import { countQueries } from "@/lib/testing/count-queries";
import { chooseDataFolder } from "./application";
import { quantiles } from "./quantiles";
import { numberOption, printResult } from "./report";

const WIDTH = 20;
/** What a person waits for, in milliseconds. */
const GOALS: Record<string, number> = { "first paint after an edit": 300, "first paint": 300, "one level": 100 };

const categories = numberOption("categories", 100_000);
const products = numberOption("products", 100_000);
const runs = numberOption("runs", 200);
const folder = mkdtempSync(join(tmpdir(), "stockroom-bench-"));
try {
  chooseDataFolder(folder);
  await migrate(env().databaseUrl);
  const deep = await grow();
  const database = new Database(join(folder, "stockroom.db"), { readonly: true });
  const level = database.prepare(
    `SELECT "id", "name", "slug" FROM "Category" WHERE "parentId" IS ? ORDER BY "sortOrder", "nameKey", "id"`,
  );
  const counts = database.prepare(
    `SELECT "categoryId", count(*) FROM "Product" WHERE "status" <> 'archived' GROUP BY 1`,
  );
  const way = [null, ...deep.way];
  const paint = async () => {
    await Promise.all([getCategoryAt(SYSTEM, deep.path), catalogueTotals(SYSTEM), openTree(SYSTEM, deep.id)]);
  };
  const found = [
    await measure("first paint of a process", 5, {
      before: async () => Reflect.deleteProperty(globalThis, "stockroomTree"),
      ours: paint,
      bare: () => [counts.all(), way.map((id) => level.all(id))],
    }),
    await measure("first paint after an edit", Math.min(runs, 50), {
      before: () => transaction((tx) => raiseCatalogueVersion(tx, "categories")),
      ours: paint,
      bare: () => way.map((id) => level.all(id)),
    }),
    await measure("first paint", runs, { ours: paint, bare: () => way.map((id) => level.all(id)) }),
    await measure("one level", runs, {
      ours: () => listChildren(SYSTEM, deep.way.at(-1) ?? null),
      bare: () => level.all(deep.way.at(-1)),
    }),
    await measure("rename with all below", 5, {
      ours: (run) => {
        const operation = { kind: "rename", id: deep.way[0] ?? "", name: `Renamed ${run}` } as const;
        return changeCategory(SYSTEM, { operation });
      },
      bare: () => undefined,
    }),
    await measure("count everything anew", 3, { ours: () => checkCounts(SYSTEM), bare: () => undefined }),
  ];
  database.close();
  await disconnect();
  printResult(found.map(toRow), { bench: "tree", categories, products, runs, found, goals: GOALS });
  process.exitCode = found.every(({ name, ours }) => ours.p95 <= (GOALS[name] ?? Number.POSITIVE_INFINITY)) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Work {
  before?: () => Promise<unknown>;
  ours: (run: number) => Promise<unknown>;
  bare: () => unknown;
}

async function measure(name: string, times: number, { before, ours, bare }: Work) {
  const spent = { ours: [] as number[], cpu: [] as number[], bare: [] as number[] };
  let queries = 0;
  for (let run = -1; run < times; run++) {
    await before?.();
    const processor = process.cpuUsage();
    const started = performance.now();
    const sent = await countQueries(() => ours(run));
    const between = performance.now();
    const { user, system } = process.cpuUsage(processor);
    bare();
    const ended = performance.now();
    if (run < 0) continue;
    queries = sent;
    spent.ours.push(between - started);
    spent.cpu.push((user + system) / 1_000);
    spent.bare.push(ended - between);
  }
  return { name, queries, ours: quantiles(spent.ours), cpu: quantiles(spent.cpu), bare: quantiles(spent.bare) };
}

function toRow({ name, queries, ours, cpu, bare }: Awaited<ReturnType<typeof measure>>) {
  const goal = GOALS[name] === undefined ? "" : `≤ ${GOALS[name]}`;
  return {
    question: name,
    "p50 ms": ours.p50,
    "p95 ms": ours.p95,
    goal,
    "cpu p50": cpu.p50,
    "bare p50": bare.p50,
    queries,
  };
}

/** Categories of twenty each, level by level, and products spread over them. Gives the way down to the last. */
async function grow() {
  // As it is after a night: nothing is recent.
  const now = new Date(Date.now() - 24 * 3_600_000);
  const made: { id: string; path: string; level: number; parentId: string | null; at: number }[] = [];
  for (let at = 0; at < categories; at++) {
    const parent = at < WIDTH ? undefined : made[Math.floor(at / WIDTH) - 1];
    const path = parent ? `${parent.path}/c${at}` : `c${at}`;
    made.push({ id: newId(), path, level: parent ? parent.level + 1 : 0, parentId: parent?.id ?? null, at });
  }
  const times = { createdAt: now, updatedAt: now };
  const rows = made.map(({ at, ...row }) => ({
    ...row,
    name: `Category ${at}`,
    nameKey: `category ${at}`,
    slug: `c${at}`,
    ...times,
  }));
  await transaction((tx) => insertRows(tx, "Category", rows));
  const goods = Array.from({ length: products }, (_, n) => {
    const sku = `SKU-${n}`;
    return {
      id: newId(),
      sku,
      name: sku,
      nameKey: sku,
      categoryId: made[(n * 7919) % made.length]?.id ?? null,
      ...times,
    };
  });
  await transaction(async (tx) => {
    await insertRows(tx, "Product", goods);
    await raiseCatalogueVersion(tx, "categories");
    await raiseCatalogueVersion(tx, "products");
  });
  const last = made.at(-1);
  const byId = new Map(made.map((one) => [one.id, one]));
  const way: string[] = [];
  for (let at = last?.parentId ?? null; at !== null; at = byId.get(at)?.parentId ?? null) way.unshift(at);
  return { id: last?.id ?? "", path: last?.path ?? "", way };
}
