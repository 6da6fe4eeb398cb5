import type Database from "better-sqlite3";
import { PAGES, PUBLIC } from "@/lib/auth/access";

export interface PageToWeigh {
  /** As the folder names it. */
  page: string;
  path: string;
  /** For who is not signed in: anybody else is sent on. */
  isPublic: boolean;
}

/** What stands for the part of an address that names a thing, by the page's beginning; the longer ones first. */
const THINGS: [page: string, sql: string][] = [
  ["/products/", `SELECT "id" FROM "Product" ORDER BY "id" LIMIT 1`],
  ["/categories/", `SELECT "id" FROM "Category" ORDER BY "id" LIMIT 1`],
  ["/feeds/", `SELECT "id" FROM "FeedSource" ORDER BY "id" LIMIT 1`],
  ["/syncs/", `SELECT "number" FROM "SyncHistory" ORDER BY "number" LIMIT 1`],
  ["/metafields/", `SELECT "id" FROM "MetafieldDefinition" ORDER BY "id" LIMIT 1`],
  ["/icons/batches/", `SELECT "number" FROM "IconBatch" ORDER BY "number" LIMIT 1`],
  ["/icons/", `SELECT "id" FROM "Icon" ORDER BY "id" LIMIT 1`],
  ["/jobs/schedules/", `SELECT "id" FROM "JobSchedule" ORDER BY "id" LIMIT 1`],
  ["/jobs/new/", `SELECT 'feed.import'`],
  ["/jobs/", `SELECT "id" FROM "Job" ORDER BY "id" LIMIT 1`],
];

/** Every page there is, a thing's page by what an import and `makeThings` left. @throws {Error} when there is no such thing */
export function pagesToWeigh(database: Database.Database): PageToWeigh[] {
  return Object.entries(PAGES).map(([page, access]) => {
    const path = page.replace("/[[...path]]", "").replace(/\[\w+\]/, () => nameOfOne(page, database));
    return { page, path, isPublic: access === PUBLIC };
  });
}

function nameOfOne(page: string, database: Database.Database): string {
  const [, sql] = THINGS.find(([beginning]) => page.startsWith(beginning)) ?? [];
  const found = sql && database.prepare(sql).pluck().get();
  if (found === undefined) throw new Error(`There is nothing to open ${page} with.`);
  return String(found);
}
