import "server-only";
import { db, transaction } from "@/lib/db/client";
import { changeMetadata } from "../change-metadata";
import { runMetadata } from "../run-metadata";
import type { TriedRow } from "./compose-retry";

/** Rows settled in one transaction. */
const BATCH = 1_000;

/**
 * After a run that tried refused rows again: those it took in are handled by it, those it refused again stay open in the
 * run that refused them first. Safe to run again.
 */
export async function settleRetry(runId: string) {
  const run = await db.syncHistory.findUniqueOrThrow({
    where: { id: runId },
    select: { id: true, status: true, trigger: true, retriesRunId: true, metadata: true, isDryRun: true },
  });
  const tried = runMetadata.parse(run.metadata ?? {}).retry?.rows;
  const { retriesRunId } = run;
  const isEnded = run.status === "success" || run.status === "partial";
  if (run.trigger !== "retry" || !isEnded || run.isDryRun || !retriesRunId || !tried) return;
  const failures = await failuresOf(run.id);
  const keys = await keysOf(tried);
  const isHandled = ([file, line, id]: TriedRow) =>
    !failures.places.has(placeOf(file, line)) && !failures.keys.has(keys.get(id) ?? "");
  const handled = tried.filter(isHandled);
  const ids = [...new Set(handled.map(([, , id]) => id))];
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    await transaction((tx) =>
      tx.syncRejection.updateMany({
        where: { id: { in: batch }, runId: retriesRunId, handledByRunId: null },
        data: { handledByRunId: run.id },
      }),
    );
  }
  const repeated = repeatedIds(failures, tried, keys);
  for (let at = 0; at < repeated.length; at += BATCH) {
    const batch = repeated.slice(at, at + BATCH);
    // One row asks once: where it was refused first.
    await transaction((tx) =>
      tx.syncRejection.updateMany({
        where: { id: { in: batch }, dismissedAt: null },
        data: { dismissedAt: new Date() },
      }),
    );
  }
  const done = new Set(ids.map(String));
  await transaction((tx) =>
    changeMetadata(tx, retriesRunId, ({ mended, ...rest }) => {
      if (!mended) return rest;
      return { ...rest, mended: Object.fromEntries(Object.entries(mended).filter(([id]) => !done.has(id))) };
    }),
  );
}

/** What a retry refused, and what it found and was not applied: by place and by key. */
interface Failures {
  places: Set<string>;
  keys: Set<string>;
  refused: { id: number; places: string[]; key: string | null }[];
}

function placeOf(file: string, line: number) {
  return `${file}\0${line}`;
}

async function failuresOf(runId: string): Promise<Failures> {
  const [rejections, left] = await Promise.all([
    db.syncRejection.findMany({
      where: { runId, severity: "error" },
      select: { id: true, file: true, line: true, raw: true, externalKey: true },
    }),
    db.syncChange.findMany({
      where: { runId, entity: "product", state: { not: "applied" }, kind: { notIn: ["ambiguous", "unmatched"] } },
      select: { file: true, line: true, externalKey: true },
    }),
  ]);
  const refused = rejections.map(({ id, file, line, raw, externalKey }) => ({
    id,
    // A product's further rows stand below its first.
    places: raw.split("\n").map((_, at) => placeOf(file, line + at)),
    key: externalKey,
  }));
  return {
    refused,
    places: new Set([
      ...refused.flatMap((one) => one.places),
      ...left.flatMap(({ file, line }) => (file !== null && line !== null ? placeOf(file, line) : [])),
    ]),
    keys: new Set([...refused.flatMap((one) => one.key ?? []), ...left.map((change) => change.externalKey)]),
  };
}

/** Refusals of the retry that say of a row what is open elsewhere. */
function repeatedIds({ refused }: Failures, tried: TriedRow[], keys: Map<number, string | null>) {
  const places = new Set(tried.map(([file, line]) => placeOf(file, line)));
  const triedKeys = new Set(keys.values());
  return refused
    .filter((one) => one.places.some((place) => places.has(place)) || (one.key !== null && triedKeys.has(one.key)))
    .map((one) => one.id);
}

async function keysOf(tried: TriedRow[]) {
  const keys = new Map<number, string | null>();
  const ids = [...new Set(tried.map(([, , id]) => id))];
  for (let at = 0; at < ids.length; at += BATCH) {
    const rows = await db.syncRejection.findMany({
      where: { id: { in: ids.slice(at, at + BATCH) } },
      select: { id: true, externalKey: true },
    });
    for (const row of rows) keys.set(row.id, row.externalKey);
  }
  return keys;
}
