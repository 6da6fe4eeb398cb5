import Database from "better-sqlite3";

/** What a catalogue holds, table by table: rows, and how much stands in them. */
const TABLES: Record<string, string> = {
  Product: `count(*), sum(length("sku" || "name" || "nameKey" || "description" || "brand" || "brandKey" || "upc"
    || "manufacturerPartNumber" || "handle" || "stockStatus" || "status")), sum("priceCents"), sum("inventoryQuantity"),
    count("categoryId"), count("createdByRunId")`,
  ProductCode: `count(*), sum(length("type" || "code" || "normalized")), sum(length("gtin14"))`,
  ProductImage: `count(*), sum(length("url" || "view" || "filename" || "altText")), sum("sortOrder")`,
  ProductMetafield: `count(*), sum(length("namespace" || "key" || "value" || "type")), sum("displayOrder")`,
  ProductSearch: `count(*), sum(length("title" || "codes" || "body"))`,
  Category: `count(*), sum(length("name" || "path")), sum("level")`,
};

/**
 * A floor is one only where it leaves the same catalogue behind.
 * @throws {Error} naming the first table that differs
 */
export function assertSameCatalogue(ours: string, floor: string) {
  const [left, right] = [contents(ours), contents(floor)];
  for (const table in TABLES) {
    if (left[table] !== right[table])
      throw new Error(
        `The floor wrote another catalogue. ${table}: ${left[table]} imported, ${right[table]} by the floor.`,
      );
  }
}

function contents(file: string): Record<string, string> {
  const database = new Database(file, { readonly: true });
  try {
    const found = Object.entries(TABLES).map(([table, sums]) => [
      table,
      JSON.stringify(database.prepare(`SELECT ${sums} FROM "${table}"`).raw().get()),
    ]);
    return Object.fromEntries(found);
  } finally {
    database.close();
  }
}
