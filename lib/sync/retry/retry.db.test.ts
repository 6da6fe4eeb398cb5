import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { receiveUpload } from "@/lib/feeds/uploads";
import { attribute, etilizeFeed, product as productRow } from "@/lib/testing/etilize-feed";
import { actor, actorOf, createUser } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, importFiles, workOff } from "@/lib/testing/run-import";
import { changeMetadata } from "../change-metadata";
import { exportRejections } from "../export-rejections";
import { runMetadata } from "../run-metadata";
import { getRowToMend, mendRow } from "./mend-row";
import { type RetryInput, requestRetry } from "./request-retry";
import { settleRetry } from "./settle-retry";

const folder = await mkdtemp(join(tmpdir(), "stockroom-retry-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => resetDatabase());

const HEADER = "Handle,Title,Barcode,Price,Metafield: custom.SPRC[list.single_line_text]";
const rowOf = (n: number, price: string, title = `Pen ${n}`) => `pen-${n},${title},,${price},SPR${100 + n}`;
let files = 0;

async function importRows(lines: string[]) {
  const path = join(folder, `feed-${++files}.csv`);
  await writeFile(path, `${[HEADER, ...lines].join("\r\n")}\r\n`);
  return importFiles("shopify_csv", [path]);
}

async function importEtilize(feed: Record<string, string>) {
  const own = await mkdtemp(join(folder, "etilize-"));
  const paths = await Promise.all(
    Object.entries(feed).map(async ([name, text]) => {
      await writeFile(join(own, name), text);
      return join(own, name);
    }),
  );
  return importFiles("etilize", paths);
}

async function manager() {
  return actorOf(await createUser("manager"));
}

async function retry(runId: string, which: RetryInput["which"], by?: Awaited<ReturnType<typeof manager>>) {
  const { jobId, runId: retryId } = await requestRetry(by ?? (await manager()), { runId, which, autoApprove: true });
  await workOff(jobId);
  return getEndedRun(retryId);
}

async function uploadOf(name: string, content: string | Buffer) {
  const upload = await receiveUpload(await manager(), { name, stream: Readable.from([content]), expectedBytes: null });
  return { type: "upload" as const, uploadIds: [upload.uploadId] };
}

const download = async (runId: string) => {
  const { body, filename } = await exportRejections(await manager(), runId, { reasons: true });
  return { content: await buffer(body), filename };
};

const rejections = (runId: string) =>
  db.syncRejection.findMany({ where: { runId, severity: "error" }, orderBy: { line: "asc" } });

const mend = async (id: number, change: (cells: string[]) => string[]) => {
  const by = await manager();
  const row = await getRowToMend(by, id);
  await mendRow(by, { id, from: row.text, mended: { as: "cells", rows: (row.rows ?? []).map(change) } });
};

describe("refused rows tried again", () => {
  test("C80 the download, mended in a spreadsheet, brings in its rows alone; the first run says by which run", async () => {
    const first = await importRows([rowOf(1, "1.00"), rowOf(2, "free"), rowOf(3, ""), rowOf(4, "4.00")]);
    expect(first).toMatchObject({ status: "partial", rejected: 2 });
    const { content, filename } = await download(first.id);
    const text = content.toString();
    expect(text).toContain(`"Line 3: `);
    const mended = text.replace("free", "2.00").replace("pen-3,Pen 3,,,", "pen-3,Pen 3,,0,");
    const second = await retry(first.id, await uploadOf(filename, mended));
    expect(second).toMatchObject({
      trigger: "retry",
      retriesRunId: first.id,
      status: "partial",
      created: 1,
      rejected: 1,
      missing: 0,
      heldReason: null,
    });
    const [two, three] = await rejections(first.id);
    expect(two).toMatchObject({ handledByRunId: second.id });
    expect(three).toMatchObject({ handledByRunId: null, dismissedAt: null });
    // The same row asks once: in the run that refused it first.
    expect(await rejections(second.id)).toMatchObject([{ dismissedAt: expect.any(Date) }]);
    expect(await db.product.findMany({ select: { sku: true, priceCents: true }, orderBy: { sku: "asc" } })).toEqual([
      { sku: "SPR101", priceCents: 100 },
      { sku: "SPR102", priceCents: 200 },
      { sku: "SPR104", priceCents: 400 },
    ]);
    expect(await db.sourceItem.count({ where: { missingRuns: { gt: 0 } } })).toBe(0);
  });

  test("C48 a row mended in the browser is ready, then applied; the original stays readable", async () => {
    const first = await importRows([rowOf(1, "1.00"), rowOf(2, "free"), rowOf(3, "N/A")]);
    const [two] = await rejections(first.id);
    await mend(two?.id ?? 0, (cells) => cells.map((cell) => (cell === "free" ? "2.50" : cell)));
    const row = await getRowToMend(await manager(), two?.id ?? 0);
    expect(row).toMatchObject({ isMended: true, raw: rowOf(2, "free"), text: rowOf(2, "2.50") });
    expect(row.columns?.[3]).toBe("Price");
    const second = await retry(first.id, { type: "mended" });
    expect(second).toMatchObject({ status: "success", created: 1, totalItems: 1 });
    expect((await rejections(first.id)).map((one) => one.handledByRunId)).toEqual([second.id, null]);
    await expect(retry(first.id, { type: "mended" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("a row refused again stays open; mended, its product comes with the rows of all tables", async () => {
    const first = await importEtilize(
      etilizeFeed({
        "EN_US_B_product.csv": [productRow(1), productRow(2, { categoryId: 77 })],
        "EN_US_B_productskus.csv": [
          [1, "SP Richards", "SPR900", 1, "", ""],
          [2, "SP Richards", "SPR902", 1, "", ""],
        ],
      }),
    );
    expect(first).toMatchObject({ created: 1, rejected: 1 });
    const again = await retry(first.id, { type: "open" });
    expect(again).toMatchObject({ created: 0, rejected: 1 });
    expect(await rejections(first.id)).toMatchObject([{ handledByRunId: null }]);
    const [row] = await rejections(first.id);
    await mend(row?.id ?? 0, (cells) => cells.map((cell, at) => (at === 4 ? "2" : cell)));
    expect(await retry(first.id, { type: "rows", ids: [row?.id ?? 0] })).toMatchObject({ created: 1, rejected: 0 });
    const made = await db.product.findUniqueOrThrow({ where: { sku: "SPR902" }, include: { metafields: true } });
    expect(made.metafields.map((one) => one.value)).toEqual(["Clear"]);
  });

  test("a mended attribute row is joined with its product, and the other tables' rows are read with it", async () => {
    const first = await importEtilize(
      etilizeFeed({
        "EN_US_B_productattributes.csv": [attribute(1, 10, "Black"), attribute(2, 10, "Clear"), "1,11,2"],
        "EN_US_B_productskus.csv": [
          [1, "SP Richards", "SPR900", 1, "", ""],
          [2, "SP Richards", "SPR902", 1, "", ""],
        ],
      }),
    );
    expect(first).toMatchObject({ created: 2 });
    const [row] = await rejections(first.id);
    const by = await manager();
    const text = '1,11,2,"Large",0,0,0,1,1';
    await mendRow(by, { id: row?.id ?? 0, from: row?.raw ?? "", mended: { as: "text", text } });
    expect(await retry(first.id, { type: "mended" })).toMatchObject({ status: "success", updated: 1, totalItems: 1 });
    const made = await db.product.findUniqueOrThrow({
      where: { sku: "SPR900" },
      include: { metafields: { orderBy: { key: "asc" } } },
    });
    expect(made.metafields.map((one) => one.value)).toEqual(["Black", "Large"]);
    expect(await rejections(first.id)).toMatchObject([{ handledByRunId: expect.any(String) }]);
  });

  test("an Etilize download comes back with its reasons, mended", async () => {
    const first = await importEtilize(
      etilizeFeed({
        "EN_US_B_product.csv": [productRow(1), productRow(2, { categoryId: 77 })],
        "EN_US_B_productskus.csv": [
          [1, "SP Richards", "SPR900", 1, "", ""],
          [2, "SP Richards", "SPR902", 1, "", ""],
        ],
      }),
    );
    const { content, filename } = await download(first.id);
    const upload = await uploadOf(filename, content.toString().replace('"77"', '"2"').replace(",77,", ",2,"));
    expect(await retry(first.id, upload)).toMatchObject({ created: 1, rejected: 0, status: "success" });
    expect(await rejections(first.id)).toMatchObject([{ handledByRunId: expect.any(String) }]);
  });

  test("a cut row's reason stands in the column of reasons, and brings the mended row back", async () => {
    const first = await importRows([rowOf(1, "1.00"), "pen-2,Pen 2", rowOf(3, "1.00")]);
    const { content, filename } = await download(first.id);
    const cut = `pen-2,Pen 2,,,,"Line 3: `;
    expect(content.toString()).toContain(cut);
    const upload = await uploadOf(filename, content.toString().replace(cut, `pen-2,Pen 2,,2.00,SPR102,"Line 3: `));
    expect(await retry(first.id, upload)).toMatchObject({ created: 1, status: "success" });
    expect(await rejections(first.id)).toMatchObject([{ handledByRunId: expect.any(String) }]);
  });

  test("A12 of a key that came twice, leaving one row in the download is enough", async () => {
    const first = await importRows([rowOf(1, "1.00", "Pen a"), rowOf(2, "2.00"), rowOf(1, "3.00", "Pen b")]);
    const { content, filename } = await download(first.id);
    const lines = content.toString().split("\r\n");
    expect(lines.filter((line) => line.includes('"Line 4: '))).toHaveLength(2);
    const kept = lines.filter((line) => !line.includes("Pen a")).join("\r\n");
    expect(await retry(first.id, await uploadOf(filename, kept))).toMatchObject({ created: 1, status: "success" });
    expect(await rejections(first.id)).toMatchObject([{ handledByRunId: expect.any(String) }]);
    expect(await db.product.findUniqueOrThrow({ where: { sku: "SPR101" } })).toMatchObject({ name: "Pen b" });
  });

  test("of two people who try at once, the second is told by which run; staff may not", async () => {
    const first = await importRows([rowOf(1, "1.00"), rowOf(2, "free")]);
    const [one, two] = [await manager(), await manager()];
    const input = { runId: first.id, which: { type: "open" as const }, autoApprove: true };
    const answers = await Promise.allSettled([requestRetry(one, input), requestRetry(two, input)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = answers.find((answer) => answer.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("already") });
    await expect(requestRetry(actor("staff"), input)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of two people who mend a row, the second is told", async () => {
    const first = await importRows([rowOf(1, "1.00"), rowOf(2, "free")]);
    const [row] = await rejections(first.id);
    const id = row?.id ?? 0;
    const from = row?.raw ?? "";
    await mendRow(await manager(), { id, from, mended: { as: "text", text: rowOf(2, "2.00") } });
    const second = mendRow(await manager(), { id, from, mended: { as: "text", text: rowOf(2, "3.00") } });
    await expect(second).rejects.toMatchObject({ code: "conflict" });
    const staff = mendRow(actor("staff"), { id, from, mended: { as: "original" } });
    await expect(staff).rejects.toMatchObject({ code: "forbidden" });
  });

  test("rows mended at the same moment are all kept, also while a retry of others ends", async () => {
    const good = Array.from({ length: 94 }, (_, n) => rowOf(10 + n, "1.00"));
    const first = await importRows([...[1, 2, 3, 4, 5, 6].map((n) => rowOf(n, "free")), ...good]);
    const [one, ...others] = await rejections(first.id);
    await mend(one?.id ?? 0, (cells) => cells.map((cell) => (cell === "free" ? "1.00" : cell)));
    const second = await retry(first.id, { type: "mended" });
    const tried = { mended: { [String(one?.id)]: rowOf(1, "1.00") } };
    await transaction((tx) => changeMetadata(tx, first.id, (metadata) => ({ ...metadata, ...tried })));
    const by = await manager();
    const text = (id: number) => ({ id, from: others.find((row) => row.id === id)?.raw ?? "" });
    const mendings = others.map(({ id }) => mendRow(by, { ...text(id), mended: { as: "text", text: `mended ${id}` } }));
    await Promise.all([...mendings, settleRetry(second.id)]);
    const { metadata } = await db.syncHistory.findUniqueOrThrow({ where: { id: first.id } });
    expect(runMetadata.parse(metadata).mended).toEqual(
      Object.fromEntries(others.map(({ id }) => [String(id), `mended ${id}`])),
    );
  });

  test("rows of a feed that a later run read anew are tried there; a retry's own rows in the first run", async () => {
    const first = await importRows([rowOf(1, "1.00"), rowOf(2, "free")]);
    const again = await retry(first.id, { type: "open" });
    await expect(retry(again.id, { type: "open" })).rejects.toMatchObject({
      message: expect.stringContaining(`open in run ${first.number}`),
    });
    const later = await importRows([rowOf(1, "1.10"), rowOf(2, "free")]);
    await expect(retry(first.id, { type: "open" })).rejects.toMatchObject({
      message: expect.stringContaining(`Run ${later.number} has read this feed anew`),
    });
  });

  test("R16 a retry's price beyond the factor is held all the same", async () => {
    const others = [3, 4, 5, 6].map((n) => rowOf(n, "1.00"));
    await importRows([rowOf(1, "1.00"), rowOf(2, "2.00"), ...others]);
    const first = await importRows([rowOf(1, "1.01"), rowOf(2, "free"), ...others]);
    const [row] = await rejections(first.id);
    await mend(row?.id ?? 0, (cells) => cells.map((cell) => (cell === "free" ? "200.00" : cell)));
    const second = await retry(first.id, { type: "mended" });
    expect(second).toMatchObject({ status: "review", heldReason: expect.stringContaining("beyond a factor of 3") });
    expect(await rejections(first.id)).toMatchObject([{ handledByRunId: null }]);
  });
});
