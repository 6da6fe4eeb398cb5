import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { cronSchedule, nextTime, parseSchedule } from "@/lib/jobs/schedules/cron";
import { type FeedSource, Prisma } from "@/prisma/generated/sqlite/client";
import { connectionInput, isFetched, parseConnection } from "./connection";
import { publicConnection, sealConnection } from "./connection-secrets";
import { assertNameFree, feedName } from "./mutations";

/** FeedSource.version as the person saw it: of two who save, the second is told. */
const seen = { sourceId: z.uuid(), version: z.number().int() };

export const connectionChange = z.object({ ...seen, connection: connectionInput });
export const scheduleChange = z.object({ ...seen, schedule: cronSchedule.nullable(), isPaused: z.boolean() });
export const nameChange = z.object({
  ...seen,
  name: feedName,
});
export const activeChange = z.object({ ...seen, isActive: z.boolean() });

/** Where a source's feed comes from. Secrets that were not typed stay as saved. */
export async function saveConnection(
  actor: Actor,
  { sourceId, version, connection }: z.output<typeof connectionChange>,
) {
  assertCan(actor, "feed:run");
  await changeSource(actor, { sourceId, version, action: "feed.connection" }, async (_tx, source) => {
    const before = parseConnection(source.connection);
    const after = sealConnection(connection, before);
    // What the form doesn't show stays.
    if (after.type === "folder" && before.type === "folder") after.pictures ??= before.pictures;
    const schedule = parseSchedule(source.schedule);
    const hasSchedule = isFetched(after) && source.nextFetchAt !== null;
    return {
      data: { connection: after, nextFetchAt: hasSchedule && schedule ? nextTime(schedule) : null },
      before: { connection: publicConnection(before) },
      after: { connection: publicConnection(after) },
    };
  });
}

/** When a source is fetched by itself; null: by hand alone. A paused schedule is kept. */
export async function saveSchedule(
  actor: Actor,
  { sourceId, version, schedule, isPaused }: z.output<typeof scheduleChange>,
) {
  assertCan(actor, "feed:run");
  await changeSource(actor, { sourceId, version, action: "feed.schedule" }, async (_tx, source) => {
    const connection = parseConnection(source.connection);
    if (schedule && !isFetched(connection)) {
      throw new AppError(
        "conflict",
        `${source.name} takes uploads: there is nothing to fetch. Give it a connection first.`,
      );
    }
    const isOn = schedule !== null && !isPaused && source.isActive;
    return {
      data: { schedule: schedule ?? Prisma.JsonNull, nextFetchAt: isOn ? nextTime(schedule) : null },
      before: { schedule: parseSchedule(source.schedule), isPaused: source.nextFetchAt === null },
      after: { schedule, isPaused },
    };
  });
}

export async function renameSource(actor: Actor, { sourceId, version, name }: z.output<typeof nameChange>) {
  assertCan(actor, "feed:run");
  await changeSource(actor, { sourceId, version, action: "feed.rename" }, async (tx, source) => {
    await assertNameFree(tx, name, sourceId);
    return { data: { name }, before: { name: source.name }, after: { name } };
  });
}

/** Switches a source off or on again: off, nothing is fetched and no import can be asked for. What it brought stays. */
export async function setSourceActive(actor: Actor, { sourceId, version, isActive }: z.output<typeof activeChange>) {
  assertCan(actor, "feed:run");
  await changeSource(
    actor,
    { sourceId, version, action: isActive ? "feed.switch-on" : "feed.switch-off" },
    async (_tx, source) => {
      const schedule = parseSchedule(source.schedule);
      const canFetch = isActive && schedule && isFetched(parseConnection(source.connection));
      return {
        data: { isActive, nextFetchAt: canFetch ? nextTime(schedule) : null },
        before: { isActive: source.isActive },
        after: { isActive },
      };
    },
  );
}

interface Change {
  data: Prisma.FeedSourceUpdateManyMutationInput;
  before: object;
  after: object;
}

async function changeSource(
  actor: Actor,
  { sourceId, version, action }: { sourceId: string; version: number; action: string },
  plan: (tx: Tx, source: FeedSource) => Promise<Change>,
) {
  await transaction(async (tx) => {
    const source = await tx.feedSource.findUnique({ where: { id: sourceId } });
    if (!source) throw new AppError("not_found", "There is no such feed source.");
    const { data, before, after } = await plan(tx, source);
    const { count } = await tx.feedSource.updateMany({
      where: { id: sourceId, version },
      data: { ...data, version: { increment: 1 } },
    });
    if (count === 0) {
      throw new AppError(
        "conflict",
        `Somebody changed ${source.name} meanwhile. Load the page again and look before you save.`,
      );
    }
    await recordAudit(
      tx,
      actor,
      action,
      { entity: "FeedSource", entityId: sourceId },
      { before: asJson(before), after: asJson(after) },
    );
  });
}

/** Plain values by their types; JSON leaves out what is undefined. */
function asJson(value: object) {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonObject;
}
