import { join } from "node:path";
import Database from "better-sqlite3";

/** Tables whose rows belong to a product. */
export const CHILD_TABLES = ["attribute", "description", "image", "locale", "sku"] as const;
export type ChildTable = (typeof CHILD_TABLES)[number];

/** Where a row stands: the file's position among the feed's files, and the row's bytes in it. */
export interface RowPlace {
  file: number;
  line: number;
  offset: number;
  bytes: number;
}

export interface ProductRow extends RowPlace {
  productId: number;
  manufacturerId: number;
  isActive: string;
  partNumber: string;
  categoryId: number;
}

/**
 * A child's content: for attributes id and value, for descriptions type and text, for images view and status, for
 * codes name and code. `a` null: the row belongs to the product but isn't read (another locale, inactive).
 */
export interface ChildRow extends RowPlace {
  productId: number;
  a: string | number | null;
  b: string | null;
}

const PLACE = "file INTEGER, line INTEGER, offset INTEGER, bytes INTEGER";

/**
 * A throw-away database that joins Etilize's tables: they come in several files, in any order, and are too big for
 * memory. Nothing in it outlives the run, so it is written without any care for a crash.
 */
export class EtilizeStore {
  private readonly db: Database.Database;
  private readonly insertProduct: Database.Statement;
  private readonly insertChild: Record<ChildTable, Database.Statement>;
  private readonly selectChildren = new Map<ChildTable, Database.Statement<[number], ChildRow>>();

  constructor(scratchFolder: string) {
    this.db = new Database(join(scratchFolder, "etilize.db"));
    // The page cache is kept small: a worker has 512 MB for everything.
    for (const pragma of ["journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -32000"])
      this.db.pragma(pragma);
    this.db.exec(
      `CREATE TABLE product (productId INTEGER, manufacturerId INTEGER, isActive TEXT, partNumber TEXT, categoryId INTEGER, ${PLACE})`,
    );
    const child = (table: ChildTable) => {
      this.db.exec(`CREATE TABLE ${table} (productId INTEGER, a, b TEXT, norm TEXT, ${PLACE})`);
      return this.db.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    };
    this.insertProduct = this.db.prepare("INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    this.insertChild = {
      attribute: child("attribute"),
      description: child("description"),
      image: child("image"),
      locale: child("locale"),
      sku: child("sku"),
    };
    this.db.exec("BEGIN");
  }

  addProduct(row: ProductRow) {
    const { productId, manufacturerId, isActive, partNumber, categoryId, file, line, offset, bytes } = row;
    this.insertProduct.run(productId, manufacturerId, isActive, partNumber, categoryId, file, line, offset, bytes);
  }

  /** `norm` is the form in which a code must be one product's alone. */
  addChild(table: ChildTable, row: ChildRow, norm: string | null) {
    const { productId, a, b, file, line, offset, bytes } = row;
    this.insertChild[table].run(productId, a, b, norm, file, line, offset, bytes);
  }

  /** Everything is loaded. Indexes are made now: filling them row by row takes several times as long. */
  index() {
    this.db.exec("COMMIT; CREATE INDEX product_id ON product (productId)");
    for (const table of CHILD_TABLES) {
      this.db.exec(`CREATE INDEX ${table}_product ON ${table} (productId)`);
      this.selectChildren.set(
        table,
        this.db.prepare<[number], ChildRow>(`SELECT * FROM ${table} WHERE productId = ? ORDER BY rowid`),
      );
    }
    this.db.exec("CREATE INDEX sku_norm ON sku (norm) WHERE norm IS NOT NULL");
  }

  repeatedProductIds(): number[] {
    return this.ids("SELECT productId FROM product GROUP BY productId HAVING count(*) > 1 ORDER BY min(rowid)");
  }

  productRows(productId: number): ProductRow[] {
    return this.db
      .prepare<[number], ProductRow>("SELECT * FROM product WHERE productId = ? ORDER BY rowid")
      .all(productId);
  }

  /** Keeps the first of a product's rows, or none of them. */
  dropProductRows(productId: number, { keepFirst }: { keepFirst: boolean }) {
    const first = "(SELECT min(rowid) FROM product WHERE productId = ?)";
    if (keepFirst)
      this.db.prepare(`DELETE FROM product WHERE productId = ? AND rowid > ${first}`).run(productId, productId);
    else this.db.prepare("DELETE FROM product WHERE productId = ?").run(productId);
  }

  /** Products that a child table speaks of and the product table doesn't. */
  orphanIds(table: ChildTable): number[] {
    return this.ids(
      `SELECT productId FROM ${table} WHERE productId NOT IN (SELECT productId FROM product) GROUP BY productId ORDER BY min(rowid)`,
    );
  }

  children(table: ChildTable, productId: number): ChildRow[] {
    return this.selectChildren.get(table)?.all(productId) ?? [];
  }

  dropChildren(table: ChildTable, productId: number) {
    this.db.prepare(`DELETE FROM ${table} WHERE productId = ?`).run(productId);
  }

  /** Codes that more than one product claims, each with all of its rows. */
  sharedCodes(): { norm: string; rows: ChildRow[] }[] {
    const norms = this.db
      .prepare<[], { norm: string }>(
        "SELECT norm FROM sku WHERE norm IS NOT NULL GROUP BY norm HAVING min(productId) < max(productId) ORDER BY min(rowid)",
      )
      .all();
    const rowsOf = this.db.prepare<[string], ChildRow>("SELECT * FROM sku WHERE norm = ? ORDER BY rowid");
    return norms.map(({ norm }) => ({ norm, rows: rowsOf.all(norm) }));
  }

  dropCode(norm: string) {
    this.db.prepare("DELETE FROM sku WHERE norm = ?").run(norm);
  }

  /** In the order of the product file. */
  products(): IterableIterator<ProductRow> {
    return this.db.prepare<[], ProductRow>("SELECT * FROM product ORDER BY rowid").iterate();
  }

  close() {
    this.db.close();
  }

  private ids(sql: string): number[] {
    return this.db.prepare(sql).pluck().all() as number[]; // productId is an INTEGER column
  }
}
