import "server-only";
import { stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { type Actor, assertCan, SYSTEM } from "@/lib/auth/actor";
import { actorUser, userActor } from "@/lib/auth/sessions";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { withScratchFolder } from "@/lib/feeds/scratch-folder";
import { uploadedFiles } from "@/lib/feeds/uploads";
import { isZip } from "@/lib/feeds/zip";
import { formatPlural } from "@/lib/format";
import { defineJob, type JobContext, type StartedJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { importLegacy } from "./import-legacy";
import { type LegacyParameters, legacyParameters } from "./legacy-parameters";
import { legacyPlaces } from "./legacy-places";
import { emptyReport, type LegacyReport } from "./legacy-report";
import { type LegacyStore, openFiles, openLegacyStore } from "./legacy-store";
import { legacyWords } from "./legacy-words";

/** Takes over the icons of an earlier system, keyed by what it called them. Its files stay as they are. */
export const legacyJob = defineJob({
  name: "icons.import",
  displayName: "Take over earlier icons",
  description: "Takes over the icons that an earlier system left with a metadata.json. Its files stay as they are.",
  group: "Icons",
  permission: "catalog:write",
  stages: ["Reading the store", "Taking the icons"],
  isResumable: true,
  idempotency:
    "Icons are known by the earlier system's keys: those that are here stay as they are, new ones are added.",
  payload: legacyParameters,
  parameters: legacyParameters,
  start: startLegacyImport,
  resultTitles: {
    in: "Icons in the stores",
    assets: "Of them in the library by now",
    missing: "Without a file",
    duplicates: "Same picture twice",
    added: "New",
    found: "Whose file is back",
    activated: "Categories that show one now",
    byKey: "Category known by its id",
    byName: "Category known by its name",
    lines: "To be looked at",
    linesLeftOut: "More to be looked at",
  },
  maxAttempts: 3,
  exclusive: null,
  async handle(given, context) {
    const actor = await starterOf(context.jobId);
    const report = emptyReport(given.dryRun);
    const before = { hashes: new Map(), shown: new Set<string>() };
    await withScratchFolder(async (scratch) => {
      for await (const store of storesOf(given, scratch, context)) {
        context.log(`${store.path}: ${formatPlural(store.icons.length, "icon")}, SHA-256 ${store.hash}`);
        const total = store.icons.length;
        const onBatch = (done: number) => context.report({ stage: "Taking the icons", done, total, unit: "icons" });
        await importLegacy(actor, store, { report, before, onBatch });
      }
    });
    if (report.stores.length === 0) context.log("No icons of an earlier system lie in the usual places.");
    else for (const line of inLines(report)) context.log(line);
    return { ...report };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

/**
 * Starts an import.
 * @throws {AppError} `invalid_input` for a place that is not there; `not_found` for an upload that is gone
 */
export async function startLegacyImport(actor: Actor, given: LegacyParameters): Promise<StartedJob> {
  assertCan(actor, "catalog:write");
  if (given.uploads.length > 0 && given.path) {
    throw new AppError("invalid_input", "Upload the files or name their place on the server, not both.");
  }
  if (given.uploads.length > 0) await uploadedFiles(SYSTEM, given.uploads);
  if (given.path) await assertThere(given.path);
  return { jobId: await transaction((tx) => enqueue(tx, actor, legacyJob, given)) };
}

async function assertThere(path: string) {
  const refuse = (message: string) => new AppError("invalid_input", message, { fields: { path: message } });
  if (!isAbsolute(path)) throw refuse("Enter the whole path on the server, like /data/generated_icons.");
  await stat(path).catch(() => {
    throw refuse(`${path} is not there, or can't be read. Check the path and try again.`);
  });
}

/** What it does is theirs, with what they may do by now. */
async function starterOf(jobId: string): Promise<Actor> {
  const job = await db.job.findUnique({ where: { id: jobId }, select: { userId: true } });
  if (!job?.userId) return SYSTEM;
  const user = await db.user.findUnique({ where: { id: job.userId }, select: actorUser });
  return user ? userActor(user, null, ["read", "write"]) : SYSTEM;
}

async function* storesOf(
  { uploads, path }: LegacyParameters,
  scratch: string,
  context: JobContext,
): AsyncGenerator<LegacyStore> {
  await context.report({ stage: "Reading the store", done: 0, total: null, unit: "stores" });
  const open = (at: string) => openLegacyStore(at, scratch, context.signal);
  const [first, ...others] = await uploadedFiles(SYSTEM, uploads);
  if (first && others.length === 0 && (await isZip(first.path))) {
    yield { ...(await open(first.path)), path: first.name };
  } else if (first) {
    yield await openFiles("The upload", [first, ...others]);
  } else if (path) {
    yield await open(path);
  } else {
    for (const place of await legacyPlaces()) if (place.stamp) yield await open(place.path);
  }
}

function inLines(report: LegacyReport): string[] {
  const lines = report.lines.map(({ legacyId, outcome, note }) => `${outcome} ${legacyId}: ${note}`);
  const more = report.linesLeftOut > 0 ? [`and ${report.linesLeftOut} more`] : [];
  return [...legacyWords(report), ...lines, ...more];
}
