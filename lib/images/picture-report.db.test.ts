import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor, createImage, createProduct } from "@/lib/testing/factories";
import { inPieces, makeBlotches, makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { addPicture } from "./add-picture";
import { listLookAlikes, requestLookAlikes } from "./look-alikes";
import { BROKEN_PAGE, countPictures, listBrokenPictures } from "./picture-report";
import { removePicture } from "./remove-picture";

const manager = actor("manager");
const staff = actor("staff");

beforeEach(resetDatabase);

async function productWith(picture: Buffer, name: string) {
  const product = await createProduct();
  const { imageId } = await addPicture(manager, { productId: product.id, name, source: inPieces(picture) });
  return { productId: product.id, imageId };
}

test("pictures are counted by what there is of them, products by whether they show one", async () => {
  const here = await productWith(await makePicture(), "pen.png");
  await createProduct();
  await createProduct({ status: "archived" });
  const { id } = await createProduct();
  await createImage(id, { view: "Front" });
  await createImage(id, { view: "Left", failure: "It is a web page." });
  const removed = await createImage(id, { view: "Back", failure: "It is a web page.", isActive: false });
  const { fileSize } = await db.productImage.findUniqueOrThrow({ where: { id: here.imageId } });
  const counts = { here: 1, waiting: 1, broken: 1, bytes: fileSize, productsWithout: 1 };
  expect(await countPictures(staff)).toEqual(counts);
  const { rows } = await listBrokenPictures(staff, 0);
  expect(rows).toMatchObject([{ name: "Left", failure: "It is a web page.", product: { id } }]);
  expect(rows[0]?.id).not.toBe(removed.id);
});

test("failed pictures come page by page, each once", async () => {
  const { id } = await createProduct();
  for (let n = 0; n <= BROKEN_PAGE; n++) await createImage(id, { view: `Left${n}`, failure: "It is empty." });
  const first = await listBrokenPictures(staff, 0);
  const second = await listBrokenPictures(staff, first.next ?? 0);
  expect([first.rows.length, second.rows.length, second.next]).toEqual([BROKEN_PAGE, 1, null]);
  expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(BROKEN_PAGE + 1);
});

test("A10 pictures that look alike are told beside each other, whatever their size and format", async () => {
  expect(await listLookAlikes(staff)).toBeNull();
  const blotches = await makeBlotches(1, { width: 600, height: 500 });
  const { default: sharp } = await import("sharp");
  const smaller = await sharp(blotches).resize(300).jpeg({ quality: 60 }).toBuffer();
  const one = await productWith(blotches, "large.png");
  const other = await productWith(smaller, "small.jpg");
  await productWith(await makeBlotches(2), "another.png");
  const [{ jobId }, again] = [await requestLookAlikes(manager), await requestLookAlikes(manager)];
  expect(again.jobId).toBe(jobId);
  await workOff(jobId);
  const report = await listLookAlikes(staff);
  expect(report).toMatchObject({ pictures: 3, total: 1 });
  expect(report?.groups[0]?.pictures).toMatchObject([
    { id: one.imageId, name: "large.png", width: 600, product: { id: one.productId } },
    { id: other.imageId, name: "small.jpg", width: 300, product: { id: other.productId } },
  ]);
  await removePicture(manager, other);
  expect((await listLookAlikes(staff))?.groups).toEqual([]);
});

test("staff read the report and can't have pictures compared", async () => {
  await expect(requestLookAlikes(staff)).rejects.toMatchObject({ code: "forbidden" });
  expect(await db.job.count()).toBe(0);
});
