import { beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { actor } from "@/lib/testing/factories";
import { type FeedRow, importRows, MANY, undoRun } from "@/lib/testing/import-rows";
import { inPieces, makePicture } from "@/lib/testing/pictures";
import { resetDatabase } from "@/lib/testing/reset";
import { addPicture } from "./add-picture";
import { arrangePictures } from "./arrange-pictures";
import { describePicture } from "./describe-picture";
import { removePicture } from "./remove-picture";

const manager = actor("manager");
const at = (name: string) => `https://a.example/${name}.jpg`;

beforeEach(resetDatabase);

async function feedSays(row: FeedRow) {
  return importRows({ ...MANY, SPR1: row });
}

async function pen() {
  const code = await db.productCode.findFirstOrThrow({ where: { type: "sprc", code: "SPR1" } });
  return code.productId;
}

async function shown(productId: string) {
  return db.productImage.findMany({
    where: { productId, isActive: true },
    orderBy: [{ isFeatured: "desc" }, { sortOrder: "asc" }, { id: "asc" }],
  });
}

/** The feed's one picture, behind one that a person uploaded and put first. */
async function withOwnFirst() {
  await feedSays({ image: at("1") });
  const id = await pen();
  const source = inPieces(await makePicture());
  const { imageId } = await addPicture(manager, { productId: id, name: "mine.png", source });
  const [feeds] = await shown(id);
  const order = [feeds?.id ?? 0, imageId];
  await arrangePictures(manager, { productId: id, from: order, to: order.toReversed() });
  return { id, imageId, feedsId: feeds?.id ?? 0 };
}

test("PC5 a person's picture stays when its feed gives other pictures, and so does the person's order", async () => {
  const { id, imageId } = await withOwnFirst();
  await feedSays({ image: at("2") });
  const now = await shown(id);
  expect(now.map((image) => image.url)).toEqual(["", at("2")]);
  expect(now[0]).toMatchObject({ id: imageId, isFeatured: true });
  expect(now[1]).toMatchObject({ isFeatured: false });
  expect(now.every((image) => image.sortOrder < 0)).toBe(true);
});

test("a feed's newer picture of a view takes over what a person wrote of the view, and the undo gives all back", async () => {
  const { id, feedsId } = await withOwnFirst();
  const before = await db.productImage.findUniqueOrThrow({ where: { id: feedsId } });
  const altText = { from: before.altText, to: "A gel pen, lying" };
  await describePicture(manager, { productId: id, imageId: feedsId, altText });
  await transaction((tx) =>
    tx.productImage.update({
      where: { id: feedsId },
      data: { failure: "It is gone.", fetchedAt: new Date(0), perceptualHash: "00ff00ff00ff00ff" },
    }),
  );
  const run = await feedSays({ image: at("2") });
  expect((await shown(id))[1]).toMatchObject({ url: at("2"), altText: "A gel pen, lying", failure: null });
  expect(await undoRun(run.id)).toMatchObject({ status: "success" });
  expect(await shown(id)).toMatchObject([
    { url: "" },
    { ...{ id: feedsId, url: at("1"), altText: "A gel pen, lying" }, failure: "It is gone.", fetchedAt: new Date(0) },
  ]);
});

test("a feed's picture that a person removed stays away while the feed gives it", async () => {
  await feedSays({ image: at("1") });
  const id = await pen();
  await removePicture(manager, { productId: id, imageId: (await shown(id))[0]?.id ?? 0 });
  await feedSays({ image: at("1"), title: "Gel pen, new" });
  expect(await shown(id)).toEqual([]);
  await feedSays({ image: at("2") });
  expect((await shown(id)).map((image) => image.url)).toEqual([at("2")]);
});

test("without a person's order the feed's stands", async () => {
  await feedSays({ image: at("1") });
  const id = await pen();
  await feedSays({ image: at("2") });
  expect(await shown(id)).toMatchObject([{ url: at("2"), isFeatured: true, sortOrder: 0, metadata: null }]);
});

test("R23 a product whose pictures a person worked on stays when the run that made it is undone", async () => {
  const edits = {
    order: (id: string, imageId: number) =>
      arrangePictures(manager, { productId: id, from: [imageId], to: [imageId] }).then(() =>
        describePicture(manager, { productId: id, imageId, altText: { from: "", to: "A pen" } }),
      ),
    remove: (id: string, imageId: number) => removePicture(manager, { productId: id, imageId }),
  };
  for (const edit of Object.values(edits)) {
    await resetDatabase();
    const run = await feedSays({ image: at("1") });
    const id = await pen();
    await transaction((tx) => tx.productImage.updateMany({ where: { productId: id }, data: { altText: "" } }));
    await edit(id, (await shown(id))[0]?.id ?? 0);
    await undoRun(run.id);
    expect(await db.product.count()).toBe(1);
    expect(await db.product.findUnique({ where: { id } })).not.toBeNull();
  }
});
