import { resolve } from "node:path";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { isDebug } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { listFeedFiles } from "@/lib/feeds/archive";
import type { FeedKind } from "@/lib/feeds/feed-record";
import { createFeedSource, requestFeedImport } from "@/lib/feeds/mutations";
import { formatPlural } from "@/lib/format";
import { logFrom } from "@/lib/log";
import type { RunDetail } from "@/lib/sync/queries";
import { openDatabase } from "./open-database";
import { type Outcome, toSnakeCase } from "./outcome";
import { describeRun } from "./sync-history";
import { waitForRun } from "./wait-for-run";

const KINDS: Record<string, { kind: FeedKind; name: string }> = {
  etilize: { kind: "etilize", name: "Etilize" },
  "shopify-csv": { kind: "shopify_csv", name: "Shopify CSV" },
  erp: { kind: "erp", name: "ERP list" },
  categories: { kind: "category_json", name: "Category tree" },
};
/** Formats that need no mapping, as the command line calls them. */
const FORMATS = Object.keys(KINDS);

interface Request {
  paths: string[];
  /** A format, or a source's name or id. */
  source: string;
  dryRun: boolean;
  autoApprove: boolean;
}

/** Asks for an import and waits for its end; works it in this process when no worker is running. */
export async function importFeed({ paths, source, dryRun, autoApprove }: Request): Promise<Outcome> {
  // What goes wrong is told in the outcome, in words.
  if (!isDebug()) logFrom("error");
  const files = (await Promise.all(paths.map((path) => listFeedFiles(resolve(path))))).flat();
  await openDatabase();
  const sourceId = await sourceOf(source);
  const { number } = await requestFeedImport(SYSTEM, { sourceId, files, dryRun, autoApprove });
  const run = await waitForRun(number);
  const text = [describeRun(run), ...nextSteps(run)].join("\n");
  return { ok: isSuccess(run), value: toSnakeCase(run), text };
}

/** Success, in part or whole, and a preview that ran to its end. What waits for a person is not done. */
function isSuccess({ status }: RunDetail) {
  return status === "success" || status === "partial";
}

function nextSteps({ status, number, states, waiting }: RunDetail) {
  const applied = states.applied ?? 0;
  if (status === "review" && applied > 0)
    return [
      `${formatPlural(applied, "change")} applied; ${formatPlural(waiting, "change")} that no approval rule allows wait for a person: review them under /syncs/${number}.`,
    ];
  if (status === "review")
    return [`It waits for a person: review it under /syncs/${number}. --yes applies what no guard holds.`];
  if (status === "pending" || status === "running") return ["Stopped waiting. The run goes on when a worker runs."];
  return [];
}

/** A format's word stands for the shop's own source of it, made at the first use; else the source of this name or id. */
async function sourceOf(asked: string): Promise<string> {
  const format = KINDS[asked];
  return format ? sourceOfFormat(format) : knownSource(asked);
}

/** The sample's source is never mixed with real data. */
async function sourceOfFormat(wanted: { kind: FeedKind; name: string }): Promise<string> {
  const own = { kind: wanted.kind, isSample: false, isActive: true };
  const existing = await db.feedSource.findFirst({ where: own, orderBy: { id: "asc" }, select: { id: true } });
  if (existing) return existing.id;
  return (await createFeedSource(SYSTEM, { ...wanted, connection: { type: "upload" } })).id;
}

async function knownSource(asked: string): Promise<string> {
  const sources = await db.feedSource.findMany({ select: { id: true, name: true }, orderBy: { name: "asc" } });
  const plain = asked.trim().toLowerCase();
  const found =
    sources.find(({ id, name }) => id === plain || name === asked) ??
    sources.find(({ name }) => name.toLowerCase() === plain);
  if (found) return found.id;
  const names = sources.map(({ name }) => `"${name}"`).join(", ");
  throw new AppError(
    "invalid_input",
    `There is no source "${asked}". ${names ? `The sources are ${names}; the` : "The"} formats are ${FORMATS.join(", ")}. A CSV of another shape needs a source with a mapping: make it under /feeds/new.`,
  );
}
