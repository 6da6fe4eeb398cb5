import { join } from "node:path";
import { brokenErpItems } from "./broken-rows";
import { csvRow, dollars } from "./csv-cell";
import type { ErpItem } from "./model";
import type { SampleDay } from "./sample-days";
import { writeZip } from "./zip-file";

const HEADER = ["ItemNumber", "BasePartNumber", "Description", "UnitPrice", "UPC", "QuantityOnHand", "Location"];

export function erpFileName({ date }: SampleDay) {
  return `Xorosoft-CurrentProducts-${date.replaceAll("-", "")}.csv`;
}

/** The ERP's price and stock list in its zip. Gives back the zip's path. */
export async function writeErpZip(folder: string, day: SampleDay) {
  const path = join(folder, "xorosoft-items.zip");
  await writeZip(path, [{ name: erpFileName(day), rows: erpRows(day), encoding: "utf-8-bom" }]);
  return path;
}

function* erpRows(day: SampleDay) {
  yield csvRow(HEADER);
  for (const item of erpItems(day)) {
    const { number, partNumber, description, price, upc, quantity } = item;
    yield csvRow([number, partNumber, description, price, upc, String(quantity), "MAIN"]);
  }
}

/** The rows of the list in order, spoilt ones included. */
export function erpItems(day: SampleDay): ErpItem[] {
  const broken = brokenErpItems(day);
  const items: ErpItem[] = [];
  for (const product of day.products) {
    if (product.erpNumber === null) continue;
    const item: ErpItem = {
      number: product.erpNumber,
      partNumber: product.mpn,
      description: product.title,
      price: dollars(product.priceCents),
      upc: upcInErp(product.upcs[0] ?? "", product.id),
      quantity: product.quantity,
    };
    if (item.number === broken?.zeroPrice) item.price = "0.00";
    if (item.number === broken?.priceNotNumber) item.price = "N/A";
    items.push(item);
    if (item.number === broken?.twice) {
      items.push({ ...item, price: dollars(product.priceCents + 100), quantity: product.quantity + 3 });
    }
  }
  return [...items, ...day.strayErpItems];
}

/** The ERP drops the leading zero of some UPCs, as such lists do: they are the same article all the same. */
function upcInErp(upc: string, productId: number) {
  return productId % 5 === 0 && upc.startsWith("0") ? upc.slice(1) : upc;
}
