import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listProductHistory } from "@/lib/catalog/product-history";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { actor, actorOf, createImage, createProduct, createUser } from "@/lib/testing/factories";
import { localNetwork, startPictureServer } from "@/lib/testing/picture-server";
import { inPieces, makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { addPicture, addPictureFrom, MAX_PICTURES } from "./add-picture";
import { arrangePictures } from "./arrange-pictures";
import { describePicture } from "./describe-picture";
import { replaceNetwork } from "./fetch-picture";
import { INTERNET } from "./network";
import { isReordering, movePicture } from "./picture-order";
import { removePicture, restorePicture } from "./remove-picture";

const manager = actor("manager");
let server: Awaited<ReturnType<typeof startPictureServer>>;

beforeAll(async () => {
  const picture = await makePicture({ colour: "#aa0000" }, "webp");
  server = await startPictureServer({ "/pens/gel%20pen.webp": (_, response) => void response.end(picture) });
  replaceNetwork(localNetwork());
});
afterAll(async () => {
  replaceNetwork(INTERNET);
  await server.stop();
});
beforeEach(resetDatabase);

async function upload(productId: string, colour: string, name = `${colour.slice(1)}.png`, by = manager) {
  return addPicture(by, { productId, name, source: inPieces(await makePicture({ colour })) });
}

const shown = (productId: string) =>
  db.productImage.findMany({
    where: { productId, isActive: true },
    orderBy: [{ isFeatured: "desc" }, { sortOrder: "asc" }, { id: "asc" }],
  });

/** A product with three pictures of a feed. */
async function fed() {
  const { id } = await createProduct();
  for (const [sortOrder, view] of ["Front", "Left", "Back"].entries()) {
    await createImage(id, { view, sortOrder, isFeatured: sortOrder === 0 });
  }
  return { id, ids: (await shown(id)).map((image) => image.id) };
}

test("an uploaded picture is kept as it came and is the person's", async () => {
  const mira = await createUser("manager", { firstName: "Mira", lastName: "Rossi" });
  const { id, version } = await createProduct();
  const bytes = await makePicture({ width: 300, height: 200 }, "jpeg");
  const source = inPieces(bytes);
  const { imageId } = await addPicture(actorOf(mira), { productId: id, name: "../My pen?.jpg", source });
  const [image] = await shown(id);
  expect(image).toMatchObject({
    ...{ id: imageId, url: "", filename: "My pen_.jpg", format: "jpeg", width: 300, height: 200, isFeatured: true },
    ...{ fileSize: bytes.length, failure: null, perceptualHash: expect.stringMatching(/^[0-9a-f]{16}$/) },
    metadata: { by: { id: mira.id } },
  });
  expect(existsSync(join(env().dataFolder, image?.storagePath ?? ""))).toBe(true);
  const { events } = await listProductHistory(actorOf(mira), id);
  expect(events[0]).toMatchObject({ who: "you", lines: [{ label: "Picture, my pen .jpg", after: "My pen_.jpg" }] });
  expect(await db.product.findUniqueOrThrow({ where: { id } })).toMatchObject({ version: version + 1 });
});

test("a picture is fetched from an address, and the address is remembered", async () => {
  const { id } = await createProduct();
  await addPictureFrom(manager, { productId: id, address: server.url("/pens/gel%20pen.webp") });
  const [image] = await shown(id);
  expect(image).toMatchObject({ url: "", filename: "gel pen.webp", format: "webp" });
  expect(image?.metadata).toMatchObject({ address: server.url("/pens/gel%20pen.webp") });
});

test("R66 an address inside is refused by name", async () => {
  const { id } = await createProduct();
  const inside = addPictureFrom(manager, { productId: id, address: "http://127.0.0.1:1/pen.jpg" });
  await expect(inside).rejects.toThrow("127.0.0.1 lies in a private network.");
});

test("the same file is no second picture, under whatever name", async () => {
  const { id } = await createProduct();
  await upload(id, "#00ff00", "green.png");
  await expect(upload(id, "#00ff00", "other.png")).rejects.toMatchObject({
    code: "conflict",
    message: "The product has this very picture already: green.png.",
  });
  const other = await createProduct();
  await upload(other.id, "#00ff00");
  expect(await shown(other.id)).toHaveLength(1);
});

test("of two people who upload the same picture at once the second is told", async () => {
  const { id } = await createProduct();
  const outcomes = await Promise.allSettled([upload(id, "#0000ff"), upload(id, "#0000ff")]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await shown(id)).toHaveLength(1);
});

test.each([
  ["a text", Buffer.from("not a picture at all, by far"), /another kind of file\. Expected is a JPEG/],
  ["nothing", Buffer.alloc(0), /It is empty/],
  ["a drawing", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), /SVG drawing/],
  ["a PNG's beginning alone", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), /cut off or damaged/],
  ["a bomb", bomb(), /30,000 × 30,000 pixels. At most 80 million/],
])("%s is refused with what was expected", async (_, bytes, words) => {
  const { id } = await createProduct();
  const source = inPieces(bytes);
  await expect(addPicture(manager, { productId: id, name: "x.png", source })).rejects.toThrow(words);
  expect(readdirSync(join(env().dataFolder, "images", "incoming"))).toEqual([]);
  expect(await shown(id)).toEqual([]);
});

/** The head of a PNG of 30,000 × 30,000 pixels, as a few bytes can claim to be. */
function bomb() {
  const head = Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0", "latin1");
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(head.subarray(12)));
  return Buffer.concat([head, checksum, Buffer.from("\0\0\0\0IDAT\x35\xaf\x06\x1e", "latin1")]);
}

function crc32(bytes: Uint8Array) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

test("staff can't change pictures, and nothing of theirs is kept", async () => {
  const staff = actor("staff");
  const { id, ids } = await fed();
  const [imageId = 0] = ids;
  const attempts = [
    () => upload(id, "#123456", "x.png", staff),
    () => addPictureFrom(staff, { productId: id, address: server.url("/pens/gel%20pen.webp") }),
    () => arrangePictures(staff, { productId: id, from: ids, to: ids.toReversed() }),
    () => describePicture(staff, { productId: id, imageId, altText: { from: "", to: "A pen" } }),
    () => removePicture(staff, { productId: id, imageId }),
    () => restorePicture(staff, { productId: id, imageId }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  expect((await shown(id)).map((image) => image.id)).toEqual(ids);
  expect(await db.auditEntry.count()).toBe(0);
});

test("a person's order makes its first picture the main one, and the history tells it", async () => {
  const { id, ids } = await fed();
  const [front = 0, left = 0, back = 0] = ids;
  await arrangePictures(manager, { productId: id, from: ids, to: [back, front, left] });
  expect((await shown(id)).map((image) => [image.view, image.isFeatured])).toEqual([
    ["Back", true],
    ["Front", false],
    ["Left", false],
  ]);
  const { events } = await listProductHistory(manager, id);
  expect(events[0]?.lines).toMatchObject([
    { label: "Order of pictures", before: "Front, Left, Back", after: "Back, Front, Left" },
  ]);
});

test("of two people who order at once the second is told, and an order that stands already is none", async () => {
  const { id, ids } = await fed();
  const to = ids.toReversed();
  const orders = [to, movePicture(ids, ids[0] ?? 0, 1)].map((wanted) =>
    arrangePictures(manager, { productId: id, from: ids, to: wanted }),
  );
  const outcomes = await Promise.allSettled(orders);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  const now = (await shown(id)).map((image) => image.id);
  await arrangePictures(manager, { productId: id, from: ids, to: now });
  expect(await db.auditEntry.count()).toBe(1);
});

test("an order that leaves a picture out or names a foreign one is refused", async () => {
  const { id, ids } = await fed();
  const other = await fed();
  for (const to of [ids.slice(1), [...ids.slice(1), ids[1] ?? 0], other.ids]) {
    const attempt = arrangePictures(manager, { productId: id, from: ids, to });
    await expect(attempt).rejects.toMatchObject({ code: "invalid_input" });
  }
  const foreign = arrangePictures(manager, { productId: id, from: other.ids, to: other.ids.toReversed() });
  await expect(foreign).rejects.toMatchObject({ code: "conflict" });
});

test("whatever is moved wherever, each picture stays once", () => {
  const moves = fc.array(fc.tuple(fc.nat(12), fc.integer({ min: -3, max: 15 })), { maxLength: 30 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(10), { maxLength: 11 }), moves, (order, steps) => {
      let now: number[] = order;
      for (const [id, to] of steps) {
        const next = movePicture(now, id, to);
        if (now.includes(id)) expect(next.indexOf(id)).toBe(Math.max(0, Math.min(to, now.length - 1)));
        now = next;
      }
      expect(isReordering(order, now)).toBe(true);
    }),
  );
});

test("the second of two people who describe a picture sees the other's words", async () => {
  const { id, ids } = await fed();
  const [imageId = 0] = ids;
  await describePicture(manager, { productId: id, imageId, altText: { from: "", to: "A blue pen" } });
  const second = describePicture(manager, { productId: id, imageId, altText: { from: "", to: "A pen" } });
  await expect(second).rejects.toMatchObject({ code: "conflict", details: { theirs: "A blue pen" } });
  const { events } = await listProductHistory(manager, id);
  expect(events[0]?.lines).toMatchObject([{ label: "Alt text of picture, front", before: null, after: "A blue pen" }]);
});

test("a removed picture is put back where it stood; the second of two people is told", async () => {
  const { id, ids } = await fed();
  const [, left = 0] = ids;
  await removePicture(manager, { productId: id, imageId: left });
  expect((await shown(id)).map((image) => image.view)).toEqual(["Front", "Back"]);
  const again = removePicture(manager, { productId: id, imageId: left });
  await expect(again).rejects.toMatchObject({ code: "conflict", message: "Somebody removed this picture already." });
  await restorePicture(manager, { productId: id, imageId: left });
  expect((await shown(id)).map((image) => image.view)).toEqual(["Front", "Left", "Back"]);
  await expect(restorePicture(manager, { productId: id, imageId: left })).rejects.toMatchObject({ code: "conflict" });
});

test("who uploads a removed picture again gets it back", async () => {
  const { id } = await createProduct();
  const { imageId } = await upload(id, "#445566");
  await removePicture(manager, { productId: id, imageId });
  expect(await upload(id, "#445566")).toEqual({ imageId, isRestored: true });
  expect(await shown(id)).toHaveLength(1);
});

test("a product with as many pictures as there can be takes no further one", async () => {
  const { id } = await createProduct();
  for (let n = 0; n < MAX_PICTURES; n++) await createImage(id, { view: `Alternate-Image${n}` });
  await expect(upload(id, "#778899")).rejects.toThrow("The product has 250 pictures");
});

test("a picture of another product can't be touched through this one", async () => {
  const [mine, theirs] = [await fed(), await fed()];
  const [imageId = 0] = theirs.ids;
  await expect(removePicture(manager, { productId: mine.id, imageId })).rejects.toMatchObject({ code: "not_found" });
  await expect(removePicture(manager, { productId: "none", imageId })).rejects.toMatchObject({ code: "not_found" });
});
