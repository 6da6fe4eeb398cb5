import { beforeAll, describe, expect, test } from "vitest";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { listProductIds } from "@/lib/catalog/list-every-product";
import { listProducts } from "@/lib/catalog/list-products";
import { db, engine, transaction } from "@/lib/db/client";
import { selectCandidates } from "@/lib/db/search-candidates";
import { actor, createCategory, createProduct } from "@/lib/testing/factories";
import { quietContext } from "@/lib/testing/kill";
import { resetDatabase } from "@/lib/testing/reset";
import { readQuery } from "./read-query";
import { refreshSearch } from "./refresh-search";
import { searchTerms } from "./search-terms";
import { suggest } from "./suggest";
import { scheduleWords, wordsJob } from "./words-job";

const staff = actor("staff");

let stocked = 0;

async function stock() {
  stocked++;
  await resetDatabase();
  const audio = await createCategory({ name: "Audio" });
  const headsets = await createCategory({ name: "Headsets" }, audio);
  const made = [
    await createProduct({ name: "Wireless headset black", brand: "Logitech", categoryId: headsets.id }),
    await createProduct({ name: "Wireless keyboard", brand: "Logitech" }),
    await createProduct({ name: "Keyboard cover", brand: "Cherry" }),
    await createProduct({ name: "Keyboards, box of two", brand: "Cherry", sku: "KB-2002" }),
    await createProduct({ name: "USB flash drive 8 GB", brand: "Kingston" }),
  ];
  await transaction(async (tx) => {
    await refreshSearch(
      tx,
      made.map(({ id }) => id),
    );
    // What is held in memory must see another version than before the reset.
    for (let times = 0; times < stocked; times++) {
      await raiseCatalogueVersion(tx, "products");
      await raiseCatalogueVersion(tx, "categories");
    }
  });
  return made;
}

const names = async (q: string, more = {}) => (await listProducts(staff, { q, ...more })).rows.map(({ name }) => name);

describe("C14 the one box", () => {
  beforeAll(async () => {
    await stock();
    await wordsJob.handle({}, quietContext());
  });

  test("singular finds plural and the other way round, a whole word first", async () => {
    const all = ["Wireless keyboard", "Keyboard cover", "Keyboards, box of two"];
    expect((await names("keyboard ")).toSorted()).toEqual(all.toSorted());
    expect((await names("keyboards")).toSorted()).toEqual(all.toSorted());
    expect((await names("keyboards"))[0]).toBe("Keyboards, box of two");
  });

  test("two words written as one, and another name of the same thing", async () => {
    expect(await names("head set")).toEqual(["Wireless headset black"]);
    expect((await listProducts(staff, { q: "usb stick" })).reading?.alsoNamed).toEqual(["usb flash drive"]);
    expect(await names("usb stick")).toEqual(["USB flash drive 8 GB"]);
    expect(await names("usb stick", { literal: true })).toEqual([]);
  });

  test("a slip of the pen is corrected when nothing is found as typed, and not when taken to the letter", async () => {
    const list = await listProducts(staff, { q: "wireles keybord" });
    expect(list.reading).toMatchObject({ kind: "corrected", shown: "wireless keyboard" });
    expect(list.rows.map(({ name }) => name)).toEqual(["Wireless keyboard"]);
    expect(await names("wireles keybord", { literal: true })).toEqual([]);
    const ids = [];
    for await (const batch of listProductIds(staff, { q: "wireles keybord" }, 10)) ids.push(...batch);
    expect(ids).toEqual(list.rows.map(({ id }) => id));
  });

  test("where no product has all words, those with some are shown and told as such", async () => {
    const list = await listProducts(staff, { q: "logitech cover" });
    expect(list.reading).toMatchObject({ kind: "someWords" });
    expect(list.rows).toHaveLength(3);
    expect((await listProducts(staff, { q: "qqqq zzzz" })).rows).toEqual([]);
  });

  test("filters do not change how words are read", async () => {
    const asTyped = await readQuery("keyboard cover");
    const list = await listProducts(staff, { q: "keyboard cover", brand: ["Kingston"] });
    expect(list.rows).toEqual([]);
    expect(list.reading?.kind).toBe(asTyped?.kind);
  });

  test("of too many matches those with the words in their titles are ranked", async () => {
    const terms = searchTerms("cherry ");
    const filter = { scope: { kind: "all" }, statuses: ["active", "draft"], brands: [] } as const;
    const titled = await createProduct({ name: "Cherry keys", status: "active" });
    await transaction((tx) => refreshSearch(tx, [titled.id]));
    const few = await selectCandidates({ ...filter, terms: terms ?? [] }, 2, []);
    expect(few).toHaveLength(2);
    // PostgreSQL's index gathers all of them before the first.
    if (engine() === "sqlite") expect(few[0]?.id).toBe(titled.id);
    expect(await selectCandidates({ ...filter, terms: terms ?? [] }, 9, [])).toHaveLength(3);
    await transaction((tx) => tx.product.delete({ where: { id: titled.id } }));
  });

  test("one and two letters suggest the most frequent words, with products under them", async () => {
    expect((await suggest(staff, "k")).words).toEqual(["keyboard", "kingston"]);
    expect((await suggest(staff, "wi")).words).toEqual(["wireless"]);
    expect((await suggest(staff, "wireless k")).words).toEqual(["wireless keyboard"]);
    expect((await suggest(staff, "log")).brands).toEqual(["Logitech"]);
    await expect(suggest(actor("visitor" as "staff"), "x")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the words of the catalogue", () => {
  test("are counted per product over name, brand and categories, codes left out", async () => {
    await stock();
    await wordsJob.handle({}, quietContext());
    const words = new Map((await db.searchWord.findMany()).map(({ word, products }) => [word, products]));
    expect(words.get("keyboard")).toBe(2);
    expect(words.get("logitech")).toBe(2);
    expect(words.get("audio")).toBe(1);
    expect(words.has("2002")).toBe(false);
    expect(words.has("kb")).toBe(false);
  });

  test("are looked at again behind changes: new ones at once, gone ones by the next count", async () => {
    const [first] = await stock();
    await wordsJob.handle({}, quietContext());
    await scheduleWords();
    expect(await db.job.count()).toBe(0);
    const added = await createProduct({ name: "Zeppelin model" });
    await transaction(async (tx) => {
      await tx.product.update({ where: { id: first?.id ?? "" }, data: { name: "Airship" } });
      await refreshSearch(tx, [added.id, first?.id ?? ""]);
      await raiseCatalogueVersion(tx, "products");
    });
    await wordsJob.handle({}, quietContext());
    expect(await db.searchWord.count({ where: { word: { in: ["zeppelin", "airship"] } } })).toBe(2);
    expect(await db.searchWord.count({ where: { word: "headset" } })).toBe(1);
    await transaction((tx) => tx.configuration.deleteMany({ where: { key: "search.words" } }));
    await scheduleWords();
    await scheduleWords();
    expect(await db.job.count()).toBe(1);
    await wordsJob.handle({}, quietContext());
    expect(await db.searchWord.count({ where: { word: "headset" } })).toBe(0);
  });

  test("end the same when the job is killed anywhere", async () => {
    await stock();
    await wordsJob.handle({}, quietContext());
    const expected = await db.searchWord.findMany({ orderBy: { word: "asc" } });
    await transaction(async (tx) => {
      await tx.searchWord.deleteMany();
      await tx.configuration.deleteMany({ where: { key: "search.words" } });
    });
    for (let at = 1; ; at++) {
      let step = 0;
      const dying = quietContext({
        async assertHeld() {
          if (++step === at) throw new Error("killed");
        },
      });
      const ended = await wordsJob.handle({}, dying).then(
        () => true,
        () => false,
      );
      if (ended) break;
    }
    expect(await db.searchWord.findMany({ orderBy: { word: "asc" } })).toEqual(expected);
  });
});
