import { mkdirSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { WorkerStoppingError } from "@/lib/jobs/define-job";
import { actor, createCategory, createImage, createJob, createProduct } from "@/lib/testing/factories";
import { localNetwork, startPictureServer } from "@/lib/testing/picture-server";
import { makeBlotches } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { replaceNetwork } from "./fetch-picture";
import type { FetchScope } from "./fetch-scope";
import { INTERNET } from "./network";
import { removePicture } from "./remove-picture";
import { requestImagesFetch } from "./request-images-fetch";

const manager = actor("manager");
let server: Awaited<ReturnType<typeof startPictureServer>>;
let isUp = true;

beforeEach(async () => {
  await resetDatabase();
  isUp = true;
  const [pen, ruler] = await Promise.all([makeBlotches(1), makeBlotches(2)]);
  const send =
    (body: Buffer): RequestListener =>
    (_, response) =>
      isUp ? response.end(body) : response.writeHead(503).end();
  server = await startPictureServer({ "/pen.png": send(pen), "/same.png": send(pen), "/ruler.png": send(ruler) });
  replaceNetwork(localNetwork());
});
afterEach(async () => {
  replaceNetwork(INTERNET);
  await server.stop();
});

async function withPictures(paths: string[], categoryId?: string) {
  const { id } = await createProduct({ categoryId });
  for (const [sortOrder, path] of paths.entries()) {
    await createImage(id, { url: server.url(path), view: `Alternate-Image${sortOrder}`, sortOrder });
  }
  return id;
}

async function fetchAll(scope: FetchScope) {
  const { jobId } = await requestImagesFetch(manager, scope);
  await workOff(jobId);
  return db.job.findUniqueOrThrow({ where: { id: jobId } });
}

const images = (productId: string) => db.productImage.findMany({ where: { productId }, orderBy: { id: "asc" } });

test("a product's pictures are fetched; what can't be had says why", async () => {
  const id = await withPictures(["/pen.png", "/gone.png", "/ruler.png"]);
  await createImage(id, { url: "http://127.0.0.1/pen.png", view: "Back" });
  await createImage(id, { url: "ftp://pictures.example/pen.png", view: "Top" });
  expect(await fetchAll({ kind: "product", id })).toMatchObject({
    status: "completed",
    result: { fetched: 2, failed: 3 },
  });
  const [pen, gone, ruler, inside, ftp] = await images(id);
  expect(pen).toMatchObject({ format: "png", width: 240, height: 200, failure: null });
  expect(ruler?.fileHash).not.toBe(pen?.fileHash);
  expect(gone).toMatchObject({ storagePath: null, failure: expect.stringMatching(/answered 404 Not Found\.$/) });
  expect(inside).toMatchObject({ storagePath: null, failure: expect.stringContaining("private network") });
  expect(ftp).toMatchObject({ storagePath: null, failure: expect.stringContaining("not by ftp") });
});

test("pictures that failed are tried again, those never tried are left for their own fetch", async () => {
  isUp = false;
  const id = await withPictures(["/pen.png"]);
  await fetchAll({ kind: "missing" });
  expect((await images(id))[0]?.failure).toMatch(/answered 503 Service Unavailable\./);
  await expect(requestImagesFetch(manager, { kind: "missing" })).rejects.toMatchObject({ code: "conflict" });
  const other = await withPictures(["/ruler.png"]);
  isUp = true;
  expect(await fetchAll({ kind: "broken" })).toMatchObject({ result: { fetched: 1, failed: 0 } });
  expect((await images(id))[0]).toMatchObject({ failure: null, format: "png" });
  expect((await images(other))[0]).toMatchObject({ storagePath: null, fetchedAt: null });
});

test("a category's pictures are those of all products below it", async () => {
  const office = await createCategory({ name: "Office" });
  const pens = await createCategory({ name: "Pens" }, office);
  const elsewhere = await createCategory({ name: "Officers" });
  const [above, below, other] = [
    await withPictures(["/pen.png"], office.id),
    await withPictures(["/ruler.png"], pens.id),
    await withPictures(["/pen.png"], elsewhere.id),
  ];
  expect(await fetchAll({ kind: "category", id: office.id })).toMatchObject({ result: { fetched: 2 } });
  expect((await images(above))[0]?.storagePath).not.toBeNull();
  expect((await images(below))[0]?.storagePath).not.toBeNull();
  expect((await images(other))[0]?.storagePath).toBeNull();
});

test("A10 the same file twice in a product is shown once, and comes back when the other is gone", async () => {
  const id = await withPictures(["/pen.png", "/same.png"]);
  expect(await fetchAll({ kind: "product", id })).toMatchObject({ result: { fetched: 1, duplicates: 1 } });
  const [shown, hidden] = await images(id);
  expect(shown).toMatchObject({ isActive: true, format: "png" });
  expect(hidden).toMatchObject({ isActive: false, fileHash: null, metadata: { duplicateOf: shown?.id } });
  const entry = await db.auditEntry.findFirstOrThrow({ where: { action: "image.duplicate" } });
  expect(entry).toMatchObject({ entity: "product", entityId: id, actorName: "system" });
  await transaction((tx) => tx.productImage.delete({ where: { id: shown?.id ?? 0 } }));
  await withPictures(["/ruler.png"]);
  await fetchAll({ kind: "missing" });
  expect(await images(id)).toMatchObject([{ id: hidden?.id, isActive: true, fileHash: shown?.fileHash }]);
});

test("a removed picture isn't fetched", async () => {
  const id = await withPictures(["/pen.png"]);
  await removePicture(manager, { productId: id, imageId: (await images(id))[0]?.id ?? 0 });
  await expect(requestImagesFetch(manager, { kind: "product", id })).rejects.toMatchObject({ code: "conflict" });
});

test("a picture that came beside its feed gets its facts, a drawing its hash", async () => {
  const { id } = await createProduct();
  mkdirSync(join(env().dataFolder, "beside"), { recursive: true });
  writeFileSync(join(env().dataFolder, "beside/pen.png"), await makeBlotches(3));
  writeFileSync(join(env().dataFolder, "beside/pen.svg"), "<svg/>");
  await createImage(id, { view: "Front", storagePath: "beside/pen.png" });
  await createImage(id, { view: "Left", storagePath: "beside/pen.svg" });
  await createImage(id, { view: "Back", storagePath: "beside/gone.png" });
  await fetchAll({ kind: "product", id });
  expect(await images(id)).toMatchObject([
    { width: 240, height: 200, format: "png", storagePath: "beside/pen.png" },
    { width: null, format: "svg", fileHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { storagePath: null, failure: "Its file is gone from the disk." },
  ]);
});

test("who asks for the same twice gets the job that is under way", async () => {
  const id = await withPictures(["/pen.png"]);
  const [first, second] = await Promise.all([1, 2].map(() => requestImagesFetch(manager, { kind: "product", id })));
  expect(second?.jobId).toBe(first?.jobId);
  expect(await db.job.count()).toBe(1);
});

test("staff can't have pictures fetched", async () => {
  const id = await withPictures(["/pen.png"]);
  const attempt = requestImagesFetch(actor("staff"), { kind: "product", id });
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
});

test("killed half way, a fetch goes on where it was and asks nobody twice for what is here", async () => {
  const ids = [];
  for (let n = 0; n < 60; n++) ids.push(await withPictures(["/pen.png"]));
  const { jobId } = await requestImagesFetch(manager, { kind: "missing" });
  const { imagesFetchJob } = await import("./images-fetch-job");
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  let done = 0;
  const stop = new AbortController();
  const run = imagesFetchJob.handle(imagesFetchJob.payload.parse(job.parameters), {
    jobId,
    signal: stop.signal,
    report: async (progress) => {
      done = progress.done;
      // Beyond the first batch, within the second.
      if (done === 55) throw new WorkerStoppingError();
    },
    log: () => undefined,
    assertHeld: async () => undefined,
  });
  await expect(run).rejects.toThrow(WorkerStoppingError);
  expect(await db.productImage.count({ where: { storagePath: { not: null } } })).toBe(50);
  const askedBefore = server.asked.length;
  await workOff(jobId);
  expect(await db.productImage.count({ where: { storagePath: { not: null } } })).toBe(60);
  expect(server.asked.length - askedBefore).toBe(10);
});

test("a fetch that has worked for a while lets another waiting job pass", async () => {
  const id = await withPictures(["/pen.png", "/ruler.png"]);
  await createJob();
  const { imagesFetchJob } = await import("./images-fetch-job");
  const { jobId } = await requestImagesFetch(manager, { kind: "product", id });
  const { parameters } = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  const clock = Date.now;
  // The fetch sees a minute pass between two looks at the clock.
  let minutes = 0;
  Date.now = () => clock() + 60_000 * minutes++;
  try {
    const run = imagesFetchJob.handle(imagesFetchJob.payload.parse(parameters), {
      ...{ jobId, signal: new AbortController().signal, log: () => undefined },
      ...{ report: async () => undefined, assertHeld: async () => undefined },
    });
    await expect(run).rejects.toThrow(WorkerStoppingError);
  } finally {
    Date.now = clock;
  }
  expect((await images(id)).every((image) => image.storagePath !== null)).toBe(true);
});
