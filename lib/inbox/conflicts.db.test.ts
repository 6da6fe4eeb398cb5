import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { releaseField } from "@/lib/catalog/release-value";
import { updateProduct } from "@/lib/catalog/update-product";
import { db, transaction } from "@/lib/db/client";
import { setMetafield } from "@/lib/metafields/mutations";
import { refreshSearch } from "@/lib/search/refresh-search";
import type { FieldChange } from "@/lib/sync/change";
import { listCandidates } from "@/lib/sync/match-queue/suggest";
import {
  actorOf,
  createChange,
  createCode,
  createFeedSource,
  createProduct,
  createRun,
  createUser,
} from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { importFiles } from "@/lib/testing/run-import";
import { answerConflicts } from "./answer-conflicts";
import { answerMissing } from "./answer-missing";
import { asksPerson } from "./asks-person";
import { countInbox } from "./count-inbox";
import { dismissRejections } from "./dismiss-rejections";
import { listInbox } from "./list-inbox";
import { assign, comment } from "./talk";

const folder = await mkdtemp(join(tmpdir(), "stockroom-inbox-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

const HEADER =
  "Handle,Title,Price,Inventory,Metafield: custom.SPRC[list.single_line_text],Metafield: custom.Colour[list.single_line_text]";
let files = 0;

/** Imports product rows: [sprc, title, price, colour]. */
async function importRows(rows: [string, string, string, string][]) {
  const path = join(folder, `feed-${++files}.csv`);
  const lines = rows.map(
    ([sprc, title, price, colour]) => `${sprc.toLowerCase()},${title},${price},5,${sprc},${colour}`,
  );
  await writeFile(path, [HEADER, ...lines, ""].join("\r\n"));
  return importFiles("shopify_csv", [path]);
}
const feed = (title: string, price = "1.99", colour = "Blue") => importRows([["SPR100", title, price, colour]]);

const inbox = async () => (await listInbox(SYSTEM, { q: "" })).rows;
const idOf = (row: { subject: string } | undefined) => Number(row?.subject.split(":")[1]);
const manager = async () => actorOf(await createUser("manager"));
const product = () => db.product.findUniqueOrThrow({ where: { sku: "SPR100" }, include: { metafields: true } });

/** A person names the product otherwise than the feed. */
async function keepName(name: string) {
  const user = await manager();
  const { id, name: from } = await product();
  await updateProduct(user, { id, changes: { name: { from, to: name } }, metafields: [] });
  return { user, id };
}

describe("a person's value and the feed's", () => {
  test("C32 a manual edit, then the same feed value: kept, and nobody is asked", async () => {
    await feed("Pen");
    await keepName("My pen");
    await feed("Pen", "2.10");
    expect(await product()).toMatchObject({ name: "My pen", priceCents: 210 });
    expect(await inbox()).toEqual([]);
  });

  test("C33 a manual edit, then another feed value: a conflict; keeping mine settles it for this word of the feed", async () => {
    await feed("Pen");
    const { user } = await keepName("My pen");
    const run = await feed("Pen 0.7");
    const [row] = await inbox();
    expect(row).toMatchObject({ kind: "conflict", run: run.number, code: "SPR100" });
    await answerConflicts(user, { changeIds: [idOf(row)], answer: "mine" });
    expect(await inbox()).toEqual([]);
    expect(await product()).toMatchObject({
      name: "My pen",
      fieldSources: { name: { kept: true, feedValue: "Pen 0.7" } },
    });
    await feed("Pen 0.7", "2.10");
    expect(await inbox()).toEqual([]);
    await feed("Pen 0.9", "2.10");
    expect(await inbox()).toHaveLength(1);
    await expect(answerConflicts(user, { changeIds: [idOf(row)], answer: "mine" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("C34 the feed's value changes back: the question goes by itself, and mine stays", async () => {
    await feed("Pen");
    await keepName("My pen");
    await feed("Pen 0.7");
    expect(await inbox()).toHaveLength(1);
    const back = await feed("Pen");
    expect(await inbox()).toEqual([]);
    expect(await product()).toMatchObject({ name: "My pen", fieldSources: { name: { kept: true, feedValue: "Pen" } } });
    expect(await db.syncChange.count({ where: { answer: `superseded by run ${back.number}` } })).toBe(1);
  });

  test("C34 the feed comes to say what the person said: nobody is asked, and what stands beside is true", async () => {
    await feed("Pen");
    await keepName("My pen");
    await feed("My pen");
    expect(await inbox()).toEqual([]);
    expect(await product()).toMatchObject({ fieldSources: { name: { kept: true, feedValue: "My pen" } } });
  });

  test("C33 taking the feed's value releases it, field by field", async () => {
    await feed("Pen");
    const { user, id } = await keepName("My pen");
    const colour = { productId: id, namespace: "custom", key: "colour" };
    await setMetafield(user, { ...colour, from: '["Blue"]', to: '["Navy"]' });
    await feed("Pen 0.7", "1.99", "Green");
    const [row] = await inbox();
    const changeIds = [idOf(row)];
    await answerConflicts(user, { changeIds, field: "name", answer: "feed" });
    expect(await product()).toMatchObject({ name: "Pen 0.7" });
    expect(await inbox()).toHaveLength(1);
    await answerConflicts(user, { changeIds, field: "metafield:custom.colour", answer: "mine" });
    expect(await inbox()).toEqual([]);
    expect((await product()).metafields.map((metafield) => metafield.value)).toContain('["Navy"]');
    const change = await db.syncChange.findUniqueOrThrow({ where: { id: idOf(row) } });
    expect(change.answer).toBe("took the feed's, kept mine");
  });

  test("what is settled on the product's page is settled here", async () => {
    await feed("Pen");
    const { user, id } = await keepName("My pen");
    await feed("Pen 0.7");
    await releaseField(user, { id, field: "name" });
    expect(await inbox()).toEqual([]);
    await keepName("My second pen");
    await feed("Pen 0.9");
    await updateProduct(user, { id, changes: { name: { from: "My second pen", to: "Another" } }, metafields: [] });
    expect(await inbox()).toEqual([]);
  });

  test("staff may look, talk and take what nobody has, and may not answer", async () => {
    await feed("Pen");
    await keepName("My pen");
    await feed("Pen 0.7");
    const staff = await createUser("staff");
    const actor = actorOf(staff);
    const [row] = (await listInbox(actor, { q: "" })).rows;
    await expect(answerConflicts(actor, { changeIds: [idOf(row)], answer: "mine" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const subject = row?.subject ?? "";
    await comment(actor, { subject, text: "Which one is on the box?" });
    await assign(actor, { subjects: [subject], assigneeId: staff.id });
    expect((await listInbox(actor, { q: "", assignee: "me" })).rows).toMatchObject([{ subject, comments: 1 }]);
    expect((await listInbox(actor, { q: "", assignee: "nobody" })).rows).toEqual([]);
    const other = await createUser("staff");
    const take = assign(actorOf(other), { subjects: [subject], assigneeId: other.id });
    await expect(take).rejects.toMatchObject({ code: "forbidden" });
    await assign(await manager(), { subjects: [subject], assigneeId: other.id });
    expect((await listInbox(actorOf(other), { q: "", assignee: "me" })).rows).toHaveLength(1);
  });
});

const PENS: [string, string, string, string][] = Array.from({ length: 20 }, (_, n) => [
  `SPR${100 + n}`,
  `Pen ${n}`,
  "1.00",
  "Blue",
]);

describe("missing products and refused rows", () => {
  test("A14 the third good run without it asks once; archived, nothing is left to ask", async () => {
    await importRows(PENS);
    for (const run of [1, 2]) {
      await importRows(PENS.slice(1).map(([sku, name, , colour]) => [sku, name, `1.0${run}`, colour]));
      expect(await inbox()).toEqual([]);
    }
    await importRows(PENS.slice(1).map(([sku, name, , colour]) => [sku, name, "1.03", colour]));
    const [row] = await inbox();
    expect(row).toMatchObject({ kind: "missing", code: "SPR100" });
    expect(await product()).toMatchObject({ status: "active" });
    const people = [await manager(), await manager()];
    const ends = await Promise.allSettled(
      people.map((one) => answerMissing(one, { changeIds: [idOf(row)], answer: "archive" })),
    );
    expect(ends.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await product()).toMatchObject({ status: "archived" });
    expect(await inbox()).toEqual([]);
  });

  test("A14 a product that is kept is not asked about again until it has come back", async () => {
    await importRows(PENS);
    const without = (price: string) =>
      importRows(PENS.slice(1).map(([sku, name, , colour]) => [sku, name, price, colour]));
    for (const price of ["1.01", "1.02", "1.03"]) await without(price);
    await answerMissing(await manager(), { changeIds: [idOf((await inbox())[0])], answer: "keep" });
    await without("1.04");
    expect(await inbox()).toEqual([]);
    expect(await product()).toMatchObject({ status: "active" });
    await importRows(PENS);
    for (const price of ["2.01", "2.02", "2.03"]) await without(price);
    expect(await inbox()).toMatchObject([{ kind: "missing" }]);
    await importRows(PENS);
    expect(await inbox()).toEqual([]);
  });

  test("refused rows wait until they are set aside, or the source's next good run has read the feed anew", async () => {
    const bad: [string, string, string, string] = ["SPR900", "Bad pen", "0", "Blue"];
    const run = await importRows([...PENS, bad, ["SPR901", "Worse pen", "N/A", "Blue"]]);
    const [first, second] = await inbox();
    expect([first, second]).toMatchObject([{ kind: "refused", run: run.number }, { kind: "refused" }]);
    const staff = actorOf(await createUser("staff"));
    const aside = { ids: [idOf(first)], reason: "Discontinued" };
    await expect(dismissRejections(staff, aside)).rejects.toMatchObject({ code: "forbidden" });
    const user = await manager();
    await dismissRejections(user, aside);
    await expect(dismissRejections(user, aside)).rejects.toMatchObject({ code: "conflict" });
    expect(await countInbox(SYSTEM)).toMatchObject({ total: 1, kinds: { refused: 1 } });
    const next = await importRows([...PENS, bad]);
    expect(await inbox()).toMatchObject([{ kind: "refused", run: next.number }]);
    const [handled] = await db.syncRejection.findMany({ where: { id: idOf(second) } });
    expect(handled).toMatchObject({ handledByRunId: next.id });
  });

  test("the list goes on where a page ended, over all kinds, and shows nothing twice", async () => {
    const bad = Array.from({ length: 7 }, (_, n): [string, string, string, string] => [
      `SPR9${n}0`,
      "Bad",
      "0",
      "Blue",
    ]);
    await importRows([...PENS, ...bad]);
    await writeFile(
      join(folder, "erp.csv"),
      ["ItemNumber,UnitPrice", ...Array.from({ length: 8 }, (_, n) => `ZZZ90${n},1.00`), ""].join("\n"),
    );
    await importFiles("erp", [join(folder, "erp.csv")]);
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await listInbox(SYSTEM, { q: "", after }, 4);
      seen.push(...page.rows.map((row) => row.subject));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toHaveLength(15);
    expect(new Set(seen).size).toBe(15);
    expect((await countInbox(SYSTEM)).total).toBe(15);
    expect((await listInbox(SYSTEM, { q: "zzz907" })).rows).toHaveLength(1);
    expect((await listInbox(SYSTEM, { q: "", kind: "refused" })).rows).toHaveLength(7);
  });
});

describe("a category that nobody knows", () => {
  const CATEGORIES =
    "Handle,Title,Price,Inventory,Google Shopping / Google Product Category,Metafield: custom.SPRC[list.single_line_text]";

  test("A13 a feed that names no category leaves the product in the Uncategorised queue, never in a default", async () => {
    const path = join(folder, "uncategorised.csv");
    await writeFile(path, [CATEGORIES, "spr1,G2 Gel Pen Rubber Grip,1.00,5,,SPR1000", ""].join("\r\n"));
    const run = await importFiles("shopify_csv", [path]);
    expect(run).toMatchObject({ created: 1, rejected: 0 });
    expect(await db.product.findUniqueOrThrow({ where: { sku: "SPR1000" } })).toMatchObject({ categoryId: null });
    expect(await db.category.count()).toBe(0);
  });

  test("A13 the line of an unknown category asks a person; the feed's can't be taken, keeping the product's closes it", async () => {
    const user = await manager();
    const { id } = await createProduct({ sku: "SPR100" });
    const run = await createRun({ feedSourceId: (await createFeedSource()).id, status: "success" });
    const update = [{ field: "category", before: "Pens", beforeId: "c1", after: "19999", kept: true }];
    const change = await createChange(run.id, {
      entityId: id,
      kind: "conflict",
      state: "applied",
      openSince: new Date(),
      reason: "Category 19999 is not known: the product keeps its category.",
      fields: { update },
    });
    expect(asksPerson(update[0] as FieldChange)).toBe(true);
    expect(await inbox()).toMatchObject([{ kind: "conflict", detail: expect.stringContaining("19999") }]);
    await expect(answerConflicts(user, { changeIds: [change.id], answer: "feed" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await answerConflicts(user, { changeIds: [change.id], answer: "mine" });
    expect(await inbox()).toEqual([]);
  });
});

test("what a held row may be: strong codes first, then part numbers and words of its name, each with why", async () => {
  const strong = await createProduct({ sku: "MARK-1", name: "Dry-Erase Marker, Green", brand: "Boardwell" });
  const weak = await createProduct({ sku: "MARK-2", name: "Whiteboard pen" });
  await createCode(weak.id, { type: "mpn", code: "10010-GN", normalized: "10010GN" });
  const named = await createProduct({ sku: "MARK-3", name: "Studio marker green chisel" });
  await transaction((tx) => refreshSearch(tx, [strong.id, weak.id, named.id]));
  const item = {
    key: "K1",
    at: { file: "f.csv", line: 2 },
    sku: null,
    fields: { name: "Studio Marker Green", brand: "boardwell", manufacturerPartNumber: "10010 GN" },
    codes: [],
    matchBy: [],
  };
  const by = [{ type: "sprc", code: "MARK-1", theirType: "sprc", theirCode: "MARK1" }];
  const found = await listCandidates(SYSTEM, item, [{ productId: strong.id, by }]);
  expect(found.map(({ sku, isStrong, evidence }) => ({ sku, isStrong, evidence }))).toEqual([
    { sku: "MARK-1", isStrong: true, evidence: ["sku MARK-1 = sku MARK1", "same brand, Boardwell"] },
    { sku: "MARK-2", isStrong: false, evidence: ["MPN 10010 GN = MPN 10010-GN"] },
    { sku: "MARK-3", isStrong: false, evidence: [expect.stringMatching(/^name has “/)] },
  ]);
});
