import type Database from "better-sqlite3";
import { PAGES, PUBLIC } from "@/lib/auth/access";

export interface PageToWeigh {
  /** As the folder names it. */
  page: string;
  path: string;
  /** For who is not signed in: anybody else is sent on. */
  isPublic: boolean;
}

/** What stands for the part of an address that names a thing; by the folder that the things' pages are in. */
const THINGS: Record<string, string> = {
  products: `SELECT "id" FROM "Product" ORDER BY "id" LIMIT 1`,
  feeds: `SELECT "id" FROM "FeedSource" ORDER BY "id" LIMIT 1`,
  syncs: `SELECT "number" FROM "SyncHistory" ORDER BY "number" LIMIT 1`,
  metafields: `SELECT "id" FROM "MetafieldDefinition" ORDER BY "id" LIMIT 1`,
  jobs: `SELECT "id" FROM "Job" ORDER BY "id" LIMIT 1`,
};

/** Every page there is, a thing's page by what an import left. @throws {Error} when there is no such thing */
export function pagesToWeigh(database: Database.Database): PageToWeigh[] {
  return Object.entries(PAGES).map(([page, access]) => {
    const path = page.replace("/[[...path]]", "").replace(/\[\w+\]/, () => nameOfOne(page, database));
    return { page, path, isPublic: access === PUBLIC };
  });
}

function nameOfOne(page: string, database: Database.Database): string {
  const folder = page.split("/")[1] ?? "";
  const found = THINGS[folder] && database.prepare(THINGS[folder]).pluck().get();
  if (found === undefined) throw new Error(`There is nothing to open ${page} with.`);
  return String(found);
}
