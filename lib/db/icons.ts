import "server-only";
import { db } from "./client";
import { queryRows } from "./raw";

export interface IconHash {
  id: string;
  perceptualHash: string;
}

/** What each icon looks like: a few dozen bytes an icon. */
export function selectIconHashes(): Promise<IconHash[]> {
  return queryRows(db, `SELECT "id", "perceptualHash" FROM "Icon" WHERE "perceptualHash" IS NOT NULL`);
}
