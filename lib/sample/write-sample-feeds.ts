import { join } from "node:path";
import { writeErpZip } from "./erp-file";
import { writeEtilizeZips } from "./etilize-files";
import { expectationOf, type SampleExpectation } from "./expectation";
import { writeSamplePictures } from "./pictures/write-pictures";
import { makeSampleDay, type SampleOptions } from "./sample-days";
import { shopifyRows } from "./shopify-rows";
import { writeZip } from "./zip-file";

interface Options extends SampleOptions {
  /** Made when it isn't there; files of the same names are replaced. */
  folder: string;
  /** Writes `CowanOfficeSupplies.zip` with the same products as well. */
  withShopifyCsv?: boolean;
}

export interface SampleFeeds {
  /** Paths of the content feed's zips. */
  etilize: string[];
  /** Path of the price and stock list's zip. */
  erp: string;
  shopifyCsv?: string;
  expected: SampleExpectation;
}

/** Writes one day's feeds and the pictures that belong to them. The same options make the same bytes. */
export async function writeSampleFeeds({ folder, withShopifyCsv = false, ...options }: Options): Promise<SampleFeeds> {
  const day = makeSampleDay(options);
  const etilize = await writeEtilizeZips(join(folder, "etilize"), day);
  const erp = await writeErpZip(folder, day);
  await writeSamplePictures(folder, day.products);
  const feeds: SampleFeeds = { etilize, erp, expected: expectationOf(day, options) };
  if (withShopifyCsv) {
    feeds.shopifyCsv = join(folder, "CowanOfficeSupplies.zip");
    const rows = shopifyRows(day.products, day.categories);
    await writeZip(feeds.shopifyCsv, [{ name: "CWS_Etilize.csv", rows, encoding: "utf-8" }]);
  }
  return feeds;
}
