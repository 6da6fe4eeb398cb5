import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, expect, test } from "vitest";
import { recordAudit } from "@/lib/audit";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { doingWords } from "@/lib/sync/history/doing-words";
import { actor, actorOf, createProduct, createUser } from "@/lib/testing/factories";
import { importRows } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { parseActivitySearch } from "./activity-search";
import { listActivity } from "./list-activity";
import { exportGrowth, monthlyGrowth } from "./monthly-growth";

beforeEach(() => resetDatabase());

const admin = actor("admin");
const told = async (params: Record<string, unknown>, by = admin) => {
  const { rows } = await listActivity(by, parseActivitySearch(params));
  return rows.map((row) =>
    row.what === "run" ? `run ${row.number}` : `${row.who} ${doingWords(row.action)} ${row.target?.words}`,
  );
};

test("who changed what is told with runs and edits in one order, and narrowed to kind, person, day and product", async () => {
  const mira = await createUser("manager", { firstName: "Mira", lastName: "Rossi" });
  await importRows({ SPR1: {}, SPR2: {} });
  const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
  await updateProduct(actorOf(mira), { id, changes: { name: { to: "Mine" } }, metafields: [] });
  expect((await told({})).slice(0, 2)).toEqual(["Mira Rossi changed the product SPR1", "run 1"]);
  expect(await told({ kind: "products" })).toEqual(["Mira Rossi changed the product SPR1"]);
  expect(await told({ kind: "runs" })).toEqual(["run 1"]);
  expect(await told({ who: mira.id })).toEqual(["Mira Rossi changed the product SPR1"]);
  expect(await told({ entity: "product", id })).toEqual(["Mira Rossi changed the product SPR1", "run 1"]);
  expect(await told({ day: "2020-01-01" })).toEqual([]);
  expect(await told({ day: new Date().toISOString().slice(0, 10), kind: "products" })).toHaveLength(1);
});

test("pages follow each other without gap or repeat", async () => {
  const mira = actorOf(await createUser("manager"));
  const { id } = await createProduct();
  for (let n = 0; n < 70; n++)
    await updateProduct(mira, { id, changes: { name: { to: `Name ${n}` } }, metafields: [] });
  const seen: number[] = [];
  for (let before: string | null = ""; before !== null; ) {
    const page: Awaited<ReturnType<typeof listActivity>> = await listActivity(admin, parseActivitySearch({ before }));
    seen.push(...page.rows.map((row) => row.id));
    before = page.older;
  }
  expect(seen).toHaveLength(70);
  expect(new Set(seen).size).toBe(70);
});

test("sign-ins are told to admins, and to whoever they are of", async () => {
  const staff = await createUser("staff");
  const entry = { entity: "user", entityId: staff.id };
  await transaction((tx) => recordAudit(tx, actorOf(staff), "user.sign-in", entry));
  const people = { kind: "people" };
  expect(await told(people)).toHaveLength(1);
  expect(await told(people, actorOf(staff))).toHaveLength(1);
  expect(await told(people, actor("manager"))).toEqual([]);
  expect(await told({})).toEqual([]);
});

test("every action of the audit trail has words of its own", () => {
  const files = readdirSync(join(import.meta.dirname, ".."), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.ts$/.test(file.name) && !/\.test\.ts$/.test(file.name))
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
  const actions = files.flatMap((code) =>
    [...code.matchAll(/recordAudit\(\s*tx,\s*[\w.]+,\s*"([a-z-]+\.[a-z-]+)"/g)].map(([, action = ""]) => action),
  );
  expect(actions.length).toBeGreaterThan(30);
  const spelled = (action: string) => action.replace(/^[a-z]+\./, "").replaceAll(/[._-]+/g, " ");
  expect([...new Set(actions)].filter((action) => doingWords(action) === spelled(action))).toEqual([]);
});

test("the catalogue's growth tells products by when they came and changes by month, as a file too", async () => {
  const now = new Date();
  const past = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 2, 10));
  await createProduct({ createdAt: past });
  await importRows({ SPR1: {}, SPR2: {} });
  const { id } = await db.product.findUniqueOrThrow({ where: { sku: "SPR1" } });
  await updateProduct(actorOf(await createUser("manager")), { id, changes: { name: { to: "Mine" } }, metafields: [] });
  const months = await monthlyGrowth(actor("staff"));
  expect(months.map(({ products, arrived, added, edits }) => [products, arrived, added, edits])).toEqual([
    [1, 1, 0, 0],
    [1, 0, 0, 0],
    [3, 2, 2, 1],
  ]);
  const csv = await text(exportGrowth(actor("staff"), "csv").body);
  expect(csv.split("\r\n")).toHaveLength(5);
});
