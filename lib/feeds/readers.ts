import { readCategoryJson } from "./category-json-reader";
import { readMappedCsv } from "./csv-mapped-reader";
import { readErpList } from "./erp-reader";
import { readEtilize } from "./etilize-reader";
import type { FeedKind, FeedReader } from "./feed-record";
import { readShopifyCsv } from "./shopify-csv-reader";

const READERS: Record<FeedKind, FeedReader> = {
  etilize: readEtilize,
  shopify_csv: readShopifyCsv,
  erp: readErpList,
  csv: readMappedCsv,
  category_json: readCategoryJson,
};

export function readerOf(kind: FeedKind): FeedReader {
  return READERS[kind];
}
