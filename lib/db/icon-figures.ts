import "server-only";
import { db, type Reader } from "./client";
import { queryRows } from "./raw";

export interface IconFigures {
  all: number;
  review: number;
  active: number;
  rejected: number;
  unassigned: number;
  missing: number;
}

/** How many icons stand on each shelf of the library, in one pass. */
export async function countIcons(): Promise<IconFigures> {
  const [row] = await queryRows<IconFigures>(
    db,
    `SELECT count(*) AS "all",
        coalesce(sum(CASE WHEN "reviewState" = 'pending' THEN 1 ELSE 0 END), 0) AS "review",
        coalesce(sum(CASE WHEN "status" = 'active' AND "categoryId" IS NOT NULL THEN 1 ELSE 0 END), 0) AS "active",
        coalesce(sum(CASE WHEN "reviewState" = 'rejected' THEN 1 ELSE 0 END), 0) AS "rejected",
        coalesce(sum(CASE WHEN "categoryId" IS NULL THEN 1 ELSE 0 END), 0) AS "unassigned",
        coalesce(sum(CASE WHEN "fileMissing" THEN 1 ELSE 0 END), 0) AS "missing"
      FROM "Icon"`,
  );
  return row ?? { all: 0, review: 0, active: 0, rejected: 0, unassigned: 0, missing: 0 };
}

export interface CategoryIcons {
  categoryId: string;
  /** The one that stands for it. */
  activeId: string | null;
  activeMissing: number;
  pending: number;
  rejected: number;
  others: number;
}

/** What icons each category has, one row for each that has any. */
export function selectCategoryIcons(): Promise<CategoryIcons[]> {
  return queryRows<CategoryIcons>(
    db,
    `SELECT "categoryId",
        max(CASE WHEN "status" = 'active' THEN "id" END) AS "activeId",
        max(CASE WHEN "status" = 'active' AND "fileMissing" THEN 1 ELSE 0 END) AS "activeMissing",
        sum(CASE WHEN "status" <> 'active' AND "reviewState" = 'pending' THEN 1 ELSE 0 END) AS "pending",
        sum(CASE WHEN "status" <> 'active' AND "reviewState" = 'rejected' THEN 1 ELSE 0 END) AS "rejected",
        sum(CASE WHEN "status" <> 'active' AND "reviewState" = 'approved' THEN 1 ELSE 0 END) AS "others"
      FROM "Icon" WHERE "categoryId" IS NOT NULL GROUP BY "categoryId"`,
  );
}

/** Categories for which a picture is asked and not yet there. */
export async function selectBeingMade(on: Reader = db): Promise<string[]> {
  const rows = await queryRows<{ categoryId: string }>(
    on,
    // From the batches: what is left of one is found by its index, however much was ever made.
    `SELECT DISTINCT g."categoryId" FROM "IconBatch" b
      JOIN "IconGeneration" g ON g."batchId" = b."id" AND g."status" IN ('waiting', 'running')
      WHERE g."categoryId" IS NOT NULL`,
  );
  return rows.map(({ categoryId }) => categoryId);
}

/** Categories whose icon was made before a time. */
export async function selectIconsMadeBefore(time: Date): Promise<string[]> {
  const rows = await queryRows<{ categoryId: string }>(
    db,
    `SELECT "categoryId" FROM "Icon" WHERE "status" = 'active' AND "categoryId" IS NOT NULL AND "createdAt" < ?`,
    time,
  );
  return rows.map(({ categoryId }) => categoryId);
}

/**
 * Categories that got another name after their icon was made or last chosen: an older address of theirs, or of one that
 * was merged into them, ends in another word. A move alone changes no word.
 */
export async function selectRenamedSinceIcon(): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    `SELECT DISTINCT c."id" FROM "Icon" i
      JOIN "Category" c ON c."id" = i."categoryId"
      JOIN "CategoryRedirect" r ON r."categoryId" = c."id"
      WHERE i."status" = 'active' AND r."path" <> c."slug" AND r."path" NOT LIKE '%/' || c."slug"
        AND r."createdAt" > i."createdAt"
        AND NOT EXISTS (SELECT 1 FROM "IconActivation" a
          WHERE a."categoryId" = c."id" AND a."iconId" = i."id" AND a."createdAt" >= r."createdAt")`,
  );
  return rows.map(({ id }) => id);
}
