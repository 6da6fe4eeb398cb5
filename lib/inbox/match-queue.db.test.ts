import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { normalizeCode } from "@/lib/catalog/codes";
import { db } from "@/lib/db/client";
import { answerMatches } from "@/lib/sync/match-queue/answer-match";
import { undoAnswer } from "@/lib/sync/match-queue/answers";
import { approveRun, rejectRun } from "@/lib/sync/mutations";
import { actorOf, createCode, createProduct, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, importFiles, workOff } from "@/lib/testing/run-import";
import { countInbox } from "./count-inbox";
import { listInbox } from "./list-inbox";

const folder = await mkdtemp(join(tmpdir(), "stockroom-match-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

let files = 0;
const HEADER =
  "Handle,Title,Barcode,Price,Inventory,Metafield: custom.SPRC[list.single_line_text],Metafield: custom.CWS_A[list.single_line_text]";

/** Imports product rows: [handle, title, price, sprc, cws]. */
async function importRows(rows: [string, string, string, string, string][], options: { yes?: boolean } = {}) {
  const path = join(folder, `rows-${++files}.csv`);
  const lines = rows.map(([handle, title, price, sprc, cws]) => `${handle},${title},,${price},5,${sprc},${cws}`);
  await writeFile(path, [HEADER, ...lines, ""].join("\r\n"));
  return importFiles("shopify_csv", [path], options);
}

async function importItems(items: [string, string, string][]) {
  const path = join(folder, `items-${++files}.csv`);
  const lines = items.map(([number, description, price]) => `${number},${description},${price},7`);
  await writeFile(path, ["ItemNumber,Description,UnitPrice,QuantityOnHand", ...lines, ""].join("\n"));
  return importFiles("erp", [path]);
}

async function productWith(sku: string, type: string, code: string) {
  const { id } = await createProduct({ sku });
  await createCode(id, { type, code, normalized: normalizeCode(code) });
  return id;
}

const inbox = async () => (await listInbox(SYSTEM, { q: "" })).rows;
const idOf = (row: { subject: string } | undefined) => Number(row?.subject.split(":")[1]);
const manager = async () => actorOf(await createUser("manager"));

describe("rows that name no product, or several", () => {
  test("A02 a contradiction waits with both candidates; the answer is applied at once and obeyed later", async () => {
    const first = await productWith("BAO0600900", "sprc", "BAO0600900");
    await productWith("BAO1300200", "cws", "BAO1300200");
    const run = await importRows([["stapler", "Stapler", "4.50", "BAO-06009-00", "BAO1300200"]]);
    expect(run).toMatchObject({ held: 1, created: 0, updated: 0, status: "partial" });
    const [row, another] = await inbox();
    expect(another).toBeUndefined();
    expect(row).toMatchObject({ kind: "match", run: run.number });
    expect(row?.detail).toMatch(
      /ambiguous \(2\).*BAO0600900 \(by sku BAO-06009-00\).*BAO1300200 \(by CWS_A BAO1300200\)/,
    );

    const { runs } = await answerMatches(await manager(), {
      changeIds: [idOf(row)],
      answer: { as: "product", productId: first },
    });
    await workOff(runs[0]?.jobId ?? "");
    const answered = await getEndedRun(runs[0]?.runId ?? "");
    expect(answered).toMatchObject({ trigger: "answer", status: "success", updated: 1, jobError: null });
    const [change] = await db.syncChange.findMany({ where: { runId: answered.id } });
    expect(change).toMatchObject({ entityId: first, state: "applied", reason: "matched by alias" });
    expect(await db.product.findUniqueOrThrow({ where: { id: first } })).toMatchObject({ priceCents: 450 });
    expect(await inbox()).toEqual([]);

    const next = await importRows([["stapler", "Stapler", "4.75", "BAO-06009-00", "BAO1300200"]]);
    expect(next).toMatchObject({ held: 0, updated: 1, status: "success" });
    expect(await db.product.findUniqueOrThrow({ where: { id: first } })).toMatchObject({ priceCents: 475 });
  });

  test("A03 the run counts what is ambiguous, and nothing of it goes in", async () => {
    for (const sku of ["BAO1309200BX", "BAO1309200EA"]) await productWith(sku, "sprc", "BAO1309200");
    const run = await importRows([["box", "Box", "1.00", "BAO1309200", ""]]);
    expect(run).toMatchObject({ held: 1, totalItems: 1, created: 0, updated: 0 });
    const count = await countInbox(SYSTEM);
    expect(count).toMatchObject({ total: 1, kinds: { match: 1 } });
  });

  test("left out: later runs count the row as unchanged and never ask again, until the answer is taken back", async () => {
    await importItems([["ZZZ9000", "Shelf bracket", "1.10"]]);
    const [row] = await inbox();
    expect(row).toMatchObject({ kind: "match", title: "Shelf bracket" });
    const user = await manager();
    expect(await answerMatches(user, { changeIds: [idOf(row)], answer: { as: "left_out" } })).toMatchObject({
      runs: [],
    });
    expect(await importItems([["ZZZ9000", "Shelf bracket", "1.20"]])).toMatchObject({ held: 0, unchanged: 1 });
    const alias = await db.codeAlias.findFirstOrThrow();
    expect(alias).toMatchObject({ type: "key", normalized: "ZZZ9000", productId: null });
    await undoAnswer(user, { aliasId: alias.id });
    expect(await importItems([["ZZZ9000", "Shelf bracket", "1.30"]])).toMatchObject({ held: 1 });
    await expect(undoAnswer(user, { aliasId: alias.id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("a new product is made of a row, with what the person adds under the person's name", async () => {
    await importItems([["ZZZ9000", "Shelf bracket", "1.10"]]);
    const [row] = await inbox();
    const person = await createUser("manager");
    const changeIds = [idOf(row)];
    await expect(answerMatches(actorOf(person), { changeIds, answer: { as: "new" } })).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("a SKU and a name"),
    });
    const answer = { as: "new", sku: "ZZZ9000", name: "Shelf bracket" } as const;
    const { runs } = await answerMatches(actorOf(person), { changeIds, answer });
    await workOff(runs[0]?.jobId ?? "");
    const product = await db.product.findUniqueOrThrow({ where: { sku: "ZZZ9000" } });
    expect(product).toMatchObject({ name: "Shelf bracket", priceCents: 110, createdByRunId: runs[0]?.runId });
    expect(product.fieldSources).toMatchObject({ name: { by: "person", id: person.id } });
    expect(await importItems([["ZZZ9000", "Shelf bracket", "1.10"]])).toMatchObject({ held: 0, unchanged: 1 });
    expect(await db.codeAlias.count({ where: { productId: product.id } })).toBe(1);
  });

  test("an answer that can't be carried out is a question again, and says why", async () => {
    await importItems([["ZZZ9000", "Shelf bracket", "1.10"]]);
    const [row] = await inbox();
    await createProduct({ sku: "ZZZ9000" });
    const answer = { as: "new", sku: "ZZZ9000", name: "Shelf bracket" } as const;
    const { runs } = await answerMatches(await manager(), { changeIds: [idOf(row)], answer });
    await workOff(runs[0]?.jobId ?? "");
    const [again] = await inbox();
    expect(again?.detail).toContain("SKU ZZZ9000 belongs to another product");
  });

  test("of two people who answer one row the second is told what the first said; staff may not answer", async () => {
    await importItems([["ZZZ9000", "Shelf bracket", "1.10"]]);
    const changeIds = [idOf((await inbox())[0])];
    const people = [await manager(), await manager()];
    const ends = await Promise.allSettled(
      people.map((one) => answerMatches(one, { changeIds, answer: { as: "left_out" } })),
    );
    expect(ends.map((end) => end.status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = ends.find((end) => end.status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "conflict", message: expect.stringContaining("left out") } });
    const staff = actorOf(await createUser("staff"));
    await expect(answerMatches(staff, { changeIds, answer: { as: "left_out" } })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("many rows are answered at once", async () => {
    await importItems(Array.from({ length: 30 }, (_, n) => [`ZZZ90${10 + n}`, `Bracket ${n}`, "1.10"]));
    const changeIds = (await inbox()).map(idOf);
    expect(changeIds).toHaveLength(30);
    expect(await answerMatches(await manager(), { changeIds, answer: { as: "left_out" } })).toMatchObject({
      answered: 30,
      late: 0,
    });
    expect(await inbox()).toEqual([]);
  });

  test("a product that the source already lists under another key is refused as an answer", async () => {
    const known = await productWith("CWS1000", "cws", "CWS1000");
    await importItems([
      ["CWS1000", "Known", "2.00"],
      ["ZZZ9000", "Shelf bracket", "1.10"],
    ]);
    const changeIds = [idOf((await inbox())[0])];
    await expect(
      answerMatches(await manager(), { changeIds, answer: { as: "product", productId: known } }),
    ).rejects.toMatchObject({ code: "invalid_input", message: expect.stringContaining("CWS1000") });
    expect(await inbox()).toHaveLength(1);
  });

  test("a later run asks anew; one in review stands for the earlier until it is answered", async () => {
    await importItems([["ZZZ9000", "Shelf bracket", "1.10"]]);
    const second = await importItems([["ZZZ9000", "Shelf bracket", "1.20"]]);
    expect(await inbox()).toMatchObject([{ kind: "match", run: second.number }]);
    const person = await manager();
    for (const sku of ["ONE", "TWO"]) await productWith(sku, "sprc", "BAO1309200");
    const rows = (price: string): [string, string, string, string, string][] => [
      ["pen", "Pen", price, "PEN1000", ""],
      ["box", "Box", price, "BAO1309200", ""],
    ];
    const first = await importRows(rows("1.00"));
    const waits = await importRows(rows("1.01"), { yes: false });
    const shown = async () =>
      (await inbox()).filter((row) => row.source === "shopify_csv").map(({ kind, run }) => ({ kind, run }));
    expect(await shown()).toEqual([
      { kind: "review", run: waits.number },
      { kind: "match", run: waits.number },
    ]);
    await rejectRun(person, { runId: waits.id, reason: "Wrong file" });
    expect(await shown()).toEqual([{ kind: "match", run: first.number }]);
    const third = await importRows(rows("1.02"), { yes: false });
    const { jobId } = await approveRun(person, { runId: third.id });
    await workOff(jobId);
    expect(await shown()).toEqual([{ kind: "match", run: third.number }]);
    expect(await db.syncChange.findMany({ where: { runId: first.id, kind: "ambiguous" } })).toMatchObject([
      { answer: `superseded by run ${third.number}`, openSince: null },
    ]);
  });
});
