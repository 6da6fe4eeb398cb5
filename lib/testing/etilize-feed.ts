type Cell = string | number;

/** Small Etilize feeds for tests: rows per file, written in the dialect of its MySQL variant. */
const USUAL: Record<string, Cell[][]> = {
  "EN_US_B_product.csv": [product(1), product(2)],
  "EN_US_B_productdescriptions.csv": [
    [1, "Gel pen", 1, 2, 1],
    [2, "Ruler", 1, 2, 1],
  ],
  "EN_US_B_productattributes.csv": [attribute(1, 10, "Black"), attribute(2, 10, "Clear")],
  "EN_US_attributenames.csv": [
    [10, "Colour", 1],
    [11, "Size", 1],
    [12, "Size", 1],
  ],
  "G_category.csv": [
    [1, 0, 1, 0, 0, 0, ""],
    [2, 1, 1, 0, 1, 0, ""],
  ],
  "EN_US_categorynames.csv": [
    [1, "Super Template", 1],
    [2, "Pens", 1],
  ],
  "G_manufacturer.csv": [[5, "Acme", "", "", "", "", "", "", "", "", "", ""]],
};

/** The usual feed of two products with some files replaced. A string is a line as it stands. */
export function etilizeFeed(files: Record<string, (Cell[] | string)[] | null> = {}): Record<string, string> {
  const feed: Record<string, string> = {};
  for (const [name, rows] of Object.entries<(Cell[] | string)[] | null>({ ...USUAL, ...files }))
    if (rows)
      feed[name] = rows.map((row) => `${typeof row === "string" ? row : row.map(quoted).join(",")}\r\n`).join("");
  return feed;
}

export function product(id: Cell, { categoryId = 2, partNumber = `PN-${id}`, isActive = 1 } = {}): Cell[] {
  return [id, 5, isActive, partNumber, categoryId, 0, 0, "", "", ""];
}

export function attribute(
  productId: Cell,
  attributeId: Cell,
  value: string,
  { isActive = 1, locale = 1 } = {},
): Cell[] {
  return [productId, attributeId, 2, value, 0, 0, 0, isActive, locale];
}

function quoted(cell: Cell) {
  return typeof cell === "number" ? String(cell) : `"${cell.replace(/[\\"]/g, "\\$&")}"`;
}
