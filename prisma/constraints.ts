import { metafieldTextKey } from "../lib/db/metafield-text-key";
import { SEARCH_VECTOR } from "../lib/db/search-expression";

/** {table: {name: expression}}, in SQL that both engines read alike. Null passes a CHECK. */
export type Checks = Record<string, Record<string, string>>;

/** Something else the database holds that a Prisma schema can't say. */
export interface Extra {
  name: string;
  table: string;
  /** SQLite redefines a table by dropping it: true for what goes with it and has to be made again. */
  isPartOfTable: boolean;
  create: { sqlite?: string; postgresql?: string };
  drop: { sqlite?: string; postgresql?: string };
}

/** Enum values are checked too; those are read from the schema. */
export const CHECKS: Checks = {
  User: {
    email_lower: `"email" = lower("email") AND "email" <> ''`,
    username_lower: `"username" = lower("username") AND "username" <> ''`,
  },
  LoginThrottle: { failures: `"failures" >= 0` },
  Category: {
    name: `"name" <> ''`,
    slug: `"slug" <> ''`,
    path: `"path" <> ''`,
    level: `"level" >= 0`,
    not_its_own_parent: `"parentId" <> "id"`,
  },
  CategoryRedirect: { path: `"path" <> ''` },
  CatalogueVersion: { name: `"name" IN ('categories', 'products')` },
  Product: {
    sku: `"sku" <> ''`,
    name: `"name" <> ''`,
    price: `"priceCents" > 0`,
    compare_at_price: `"compareAtPriceCents" >= 0`,
    cost_price: `"costPriceCents" >= 0`,
  },
  ProductCode: { type: `"type" <> ''`, code: `"code" <> ''` },
  MetafieldDefinition: { namespace: `"namespace" <> ''`, key: `"key" <> ''` },
  ProductMetafield: { namespace: `"namespace" <> ''`, key: `"key" <> ''` },
  Icon: { file_size: `"fileSize" >= 0`, generation_cost: `"generationCost" >= 0`, version: `"version" >= 1` },
  IconBatch: {
    number: `"number" >= 1`,
    provider: `"provider" IN ('built-in', 'endpoint')`,
    size: `"size" >= 16 AND "size" <= 4096`,
    variations: `"variations" >= 1`,
    ceiling: `"ceilingMicros" >= 0`,
  },
  IconGeneration: { cost: `"costMicros" >= 0`, variation: `"variation" >= 1`, attempts: `"attempts" >= 0` },
  FeedSource: { name: `"name" <> ''` },
  FeedFile: { bytes: `"bytes" >= 0` },
  SyncHistory: {
    number: `"number" >= 1`,
    trigger: `"trigger" IN ('manual', 'schedule', 'undo', 'retry', 'answer')`,
    not_its_own_undo: `"undoesRunId" <> "id"`,
    counts: ["totalItems", "processed", "successful", "failed", "skipped", "created", "updated", "deleted", "unchanged"]
      .concat("missing", "rejected", "repeated", "held")
      .map((column) => `"${column}" >= 0`)
      .join(" AND "),
  },
  SyncFile: {
    counts: ["bytes", "rowsRead", "rowsStaged", "rowsUnchanged", "rowsRepeated", "rowsRejected"]
      .map((column) => `"${column}" >= 0`)
      .join(" AND "),
  },
  SyncChange: { line: `"line" >= 1` },
  SyncRejection: { line: `"line" >= 1`, severity: `"severity" IN ('error', 'warning')` },
  FeedMapping: { version: `"version" >= 1` },
  FeedFetch: { trigger: `"trigger" IN ('manual', 'schedule')` },
  ApprovalRule: {
    name: `"name" <> ''`,
    field: `"field" <> ''`,
    limits: `COALESCE("maxIncreasePercent", 0) >= 0 AND COALESCE("maxDecreasePercent", 0) >= 0`,
  },
  InboxAssignment: { subject: `"subject" <> ''` },
  InboxComment: { subject: `"subject" <> ''`, text: `"text" <> ''` },
  SourceItem: { external_key: `"externalKey" <> ''`, missing_runs: `"missingRuns" >= 0` },
  Job: { progress: `"progress" >= 0 AND "progress" <= 100`, attempts: `"attempts" >= 0` },
  JobAttempt: {
    number: `"number" >= 1`,
    outcome: `"outcome" IN ('completed', 'failed', 'lost', 'paused', 'cancelled', 'stopped')`,
  },
  JobStage: { ordinal: `"ordinal" >= 1` },
  JobLine: { level: `"level" IN ('info', 'warning', 'error')` },
  JobSchedule: {
    name: `"name" <> ''`,
    cron: `"cron" <> ''`,
    missed_policy: `"missedPolicy" IN ('once', 'skip')`,
    version: `"version" >= 1`,
  },
  NotificationChannel: {
    name: `"name" <> ''`,
    address: `"address" <> ''`,
    digest: `"digest" IN ('none', 'hourly', 'daily')`,
    hour: `"hour" >= 0 AND "hour" <= 23`,
  },
  Configuration: { data_type: `"dataType" IN ('string', 'integer', 'boolean', 'json')` },
};

const APPEND_ONLY = "AuditEntry is append-only";

export const EXTRAS: Extra[] = [
  {
    name: "CatalogueVersion_rows",
    table: "CatalogueVersion",
    isPartOfTable: false,
    create: {
      sqlite: `INSERT INTO "CatalogueVersion" ("name", "version") VALUES ('categories', 0), ('products', 0);`,
      postgresql: `INSERT INTO "CatalogueVersion" ("name", "version") VALUES ('categories', 0), ('products', 0);`,
    },
    drop: {},
  },
  uniqueIndex("Icon_one_active_per_category", "Icon", `"categoryId"`, `"status" = 'active'`),
  uniqueIndex("CodeAlias_every_source", "CodeAlias", `"type", "normalized"`, `"sourceId" IS NULL`),
  // the inbox: what needs a person, oldest first; most rows never do
  partialIndex("SyncChange_open", "SyncChange", `"openSince", "id"`, `"openSince" IS NOT NULL`),
  // the same kind by kind: a kind of which none is open need not read all others
  partialIndex("SyncChange_open_kind", "SyncChange", `"kind", "openSince", "id"`, `"openSince" IS NOT NULL`),
  // the inbox: whether a newer run of a source waits for review
  partialIndex("SyncHistory_in_review", "SyncHistory", `"feedSourceId", "number"`, `"status" = 'review'`),
  partialIndex(
    "SyncRejection_open",
    "SyncRejection",
    `"id"`,
    `"severity" = 'error' AND "handledByRunId" IS NULL AND "dismissedAt" IS NULL`,
  ),
  // the changes of a date, the catalogue as of a date: what was applied, in order of time
  partialIndex("SyncChange_applied", "SyncChange", `"appliedAt", "id"`, `"appliedAt" IS NOT NULL`),
  // catalogue: a metafield's values in order, and all of them without a look at their rows; whose definition is used
  index("ProductMetafield_value", "ProductMetafield", `"namespace", "key", ${metafieldTextKey()}, "productId"`),
  partialIndex(
    "ProductMetafield_number",
    "ProductMetafield",
    `"namespace", "key", "numberValue", "productId"`,
    `"numberValue" IS NOT NULL`,
  ),
  partialIndex(
    "ProductMetafield_date",
    "ProductMetafield",
    `"namespace", "key", "dateValue", "productId"`,
    `"dateValue" IS NOT NULL`,
  ),
  // catalogue: products with and without a picture, those whose picture is broken
  partialIndex("ProductImage_shown", "ProductImage", `"productId", "sortOrder"`, `"isActive"`),
  partialIndex("ProductImage_broken", "ProductImage", `"productId"`, `"isActive" AND "failure" IS NOT NULL`),
  // catalogue: products whose picture waits to be fetched; the report of pictures: how many are here, and their bytes
  partialIndex(
    "ProductImage_waiting",
    "ProductImage",
    // SQLite looks into the row for what only the condition names.
    `"productId", "isActive", "storagePath", "failure"`,
    `"isActive" AND "storagePath" IS NULL AND "failure" IS NULL`,
  ),
  partialIndex("ProductImage_here", "ProductImage", `"isActive", "fileSize"`, `"storagePath" IS NOT NULL`),
  // catalogue: products without a description
  partialIndex("Product_undescribed", "Product", `"id"`, `coalesce("description", '') = ''`),
  // growth: people's edits by month
  partialIndex("AuditEntry_product_edits", "AuditEntry", `"createdAt"`, `"entity" = 'product'`),
  {
    // What filters read of every product, beside one another: a tenth of the rows themselves. In the order of ids, so
    // that an import only appends. PostgreSQL reads the rows with several processes instead.
    name: "Product_facts",
    table: "Product",
    isPartOfTable: true,
    create: {
      sqlite: `CREATE INDEX "Product_facts" ON "Product" ("id", "status", lower("manufacturer"),
    lower("manufacturerPartNumber"), lower("upc"), lower("variation"), "compareAtPriceCents", "costPriceCents",
    "weightGrams", "lengthMm", "widthMm", "heightMm", "createdAt", "archivedAt");`,
    },
    drop: { sqlite: `DROP INDEX "Product_facts";` },
  },
  auditTrigger("update"),
  auditTrigger("delete"),
  {
    name: "AuditEntry_no_truncate",
    table: "AuditEntry",
    isPartOfTable: true,
    create: {
      postgresql: `CREATE TRIGGER "AuditEntry_no_truncate" BEFORE TRUNCATE ON "AuditEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION "AuditEntry_refuse"();`,
    },
    drop: { postgresql: `DROP TRIGGER "AuditEntry_no_truncate" ON "AuditEntry";` },
  },
  {
    // The words are folded and cut before they are stored: the tokenizer has only to keep letters and digits together.
    name: "product_search_fts",
    table: "ProductSearch",
    isPartOfTable: false,
    create: {
      sqlite: `CREATE VIRTUAL TABLE "product_search_fts" USING fts5(
    title, codes, body,
    content='ProductSearch', content_rowid='docId', tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
INSERT INTO "product_search_fts" ("product_search_fts") VALUES ('rebuild');`,
      postgresql: `CREATE INDEX "ProductSearch_vector_idx" ON "ProductSearch" USING gin ((${SEARCH_VECTOR}));`,
    },
    drop: {
      sqlite: `DROP TABLE "product_search_fts";`,
      postgresql: `DROP INDEX "ProductSearch_vector_idx";`,
    },
  },
  searchTrigger("insert", [ftsInsert()]),
  searchTrigger("delete", [ftsDelete()]),
  searchTrigger("update", [ftsDelete(), ftsInsert()]),
];

/** A unique index over some rows: the same words on both engines. */
function uniqueIndex(name: string, table: string, columns: string, where: string): Extra {
  return indexOver("UNIQUE INDEX", name, table, columns, where);
}

/** An index over some rows: the same words on both engines. */
function partialIndex(name: string, table: string, columns: string, where: string): Extra {
  return indexOver("INDEX", name, table, columns, where);
}

/** An index over an expression: the same words on both engines. */
function index(name: string, table: string, columns: string): Extra {
  return indexOver("INDEX", name, table, columns);
}

function indexOver(kind: string, name: string, table: string, columns: string, where?: string): Extra {
  const create = `CREATE ${kind} "${name}" ON "${table}" (${columns})${where ? ` WHERE ${where}` : ""};`;
  const drop = `DROP INDEX "${name}";`;
  return {
    name,
    table,
    isPartOfTable: true,
    create: { sqlite: create, postgresql: create },
    drop: { sqlite: drop, postgresql: drop },
  };
}

function auditTrigger(event: "update" | "delete"): Extra {
  const name = `AuditEntry_no_${event}`;
  // One function serves all three; CREATE OR REPLACE lets whichever comes first bring it.
  const refuse = `CREATE OR REPLACE FUNCTION "AuditEntry_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '${APPEND_ONLY}';
END
$$;`;
  return {
    name,
    table: "AuditEntry",
    isPartOfTable: true,
    create: {
      sqlite: `CREATE TRIGGER "${name}" BEFORE ${event.toUpperCase()} ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, '${APPEND_ONLY}');
END;`,
      postgresql: `${refuse}
CREATE TRIGGER "${name}" BEFORE ${event.toUpperCase()} ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION "AuditEntry_refuse"();`,
    },
    drop: { sqlite: `DROP TRIGGER "${name}";`, postgresql: `DROP TRIGGER "${name}" ON "AuditEntry";` },
  };
}

function searchTrigger(event: "insert" | "delete" | "update", statements: string[]): Extra {
  const name = `ProductSearch_fts_${event}`;
  return {
    name,
    table: "ProductSearch",
    isPartOfTable: true,
    create: {
      sqlite: `CREATE TRIGGER "${name}" AFTER ${event.toUpperCase()} ON "ProductSearch"
BEGIN
${statements.map((statement) => `    ${statement}`).join("\n")}
END;`,
    },
    drop: { sqlite: `DROP TRIGGER "${name}";` },
  };
}

function ftsInsert() {
  return `INSERT INTO "product_search_fts" (rowid, title, codes, body) VALUES (NEW."docId", NEW."title", NEW."codes", NEW."body");`;
}

function ftsDelete() {
  return `INSERT INTO "product_search_fts" ("product_search_fts", rowid, title, codes, body) VALUES ('delete', OLD."docId", OLD."title", OLD."codes", OLD."body");`;
}
