import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { measureStorage, type Storage } from "@/lib/db/storage";
import { CHANGE_OVERHEAD } from "@/lib/sync/retention/plan";
import { readRetention } from "@/lib/sync/retention/settings";
import { type Forecast, forecastGrowth } from "./forecast";

const DAY_MS = 86_400_000;
/** Days whose runs tell the pace. */
const PACE_DAYS = 30;

export interface Growth {
  storage: Storage;
  /** Changes and their bytes in the last 30 days, or since the first run when that is later. */
  changes: number;
  changeBytes: number;
  /** Days that those figures stand for: at least one. */
  days: number;
  /** Of a change's details alone; null while there was none. */
  bytesPerChange: number | null;
  /** What the database gains in a day, details, rows and indexes together. */
  bytesPerDay: number;
  forecast: Forecast;
}

/** How fast the history grows, and where that leads within a year. */
export async function measureGrowth(actor: Actor, now = new Date()): Promise<Growth> {
  assertCan(actor, "sync:read");
  const since = new Date(now.getTime() - PACE_DAYS * DAY_MS);
  const [storage, { rowDays }, first, recent, kept] = await Promise.all([
    measureStorage(),
    readRetention(db),
    db.syncHistory.findFirst({ orderBy: { number: "asc" }, select: { createdAt: true } }),
    sumChanges({ createdAt: { gte: since } }),
    sumChanges({ prunedAt: null }),
  ]);
  const age = first ? (now.getTime() - first.createdAt.getTime()) / DAY_MS : 1;
  const days = Math.max(1, Math.min(PACE_DAYS, age));
  const bytesPerDay = bytesOf(recent) / days;
  return {
    storage,
    changes: recent.changes,
    changeBytes: recent.bytes,
    days,
    bytesPerChange: recent.changes > 0 ? recent.bytes / recent.changes : null,
    bytesPerDay,
    forecast: forecastGrowth({ bytes: storage.bytes, historyBytes: bytesOf(kept), bytesPerDay, rowDays }),
  };
}

function bytesOf({ changes, bytes }: { changes: number; bytes: number }) {
  return bytes + changes * CHANGE_OVERHEAD;
}

/** Changes as the runs counted them, and the bytes of their details. */
async function sumChanges(where: { createdAt?: { gte: Date }; prunedAt?: null }) {
  const { _sum: sum } = await db.syncHistory.aggregate({
    where: { ...where, changeBytes: { gt: 0 } },
    _sum: { created: true, updated: true, missing: true, held: true, changeBytes: true },
  });
  const changes = (sum.created ?? 0) + (sum.updated ?? 0) + (sum.missing ?? 0) + (sum.held ?? 0);
  return { changes, bytes: Number(sum.changeBytes ?? 0) };
}
