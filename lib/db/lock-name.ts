import "server-only";
import { engine, type Tx } from "./client";

/**
 * Lets one transaction at a time through, until it ends: for steps that read a whole set before they write one row
 * (the next job, the next run number). SQLite has one writer at a time anyway.
 */
export async function lockName(
  tx: Tx,
  name:
    | "job queue"
    | "run numbers"
    | "feed mappings"
    | "feeds.precedence"
    | "approval-rules.seeded"
    | "views"
    | "quality"
    | "metafield definitions"
    | "category tree"
    | "category icons"
    | "icon settings"
    | "icon batches"
    | "schedules"
    | "retention"
    | "notifications",
) {
  if (engine() === "sqlite") return;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${name}))`;
}
