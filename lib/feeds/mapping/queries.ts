import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { mapping } from "../mapping";

/** Versions that the page lists; older ones stay stored. */
const LISTED = 100;

/** A source's mapping in force (null: as the format has it) and its versions, newest first. Null for no such source. */
export async function getSourceMapping(actor: Actor, sourceId: string) {
  assertCan(actor, "sync:read");
  const source = await db.feedSource.findUnique({
    where: { id: sourceId },
    select: { id: true, name: true, kind: true },
  });
  if (!source) return null;
  const versions = await db.feedMapping.findMany({
    where: { sourceId },
    orderBy: { version: "desc" },
    take: LISTED,
    select: { version: true, mapping: true, note: true, createdById: true, createdAt: true },
  });
  const people = await db.user.findMany({
    where: { id: { in: versions.flatMap((one) => one.createdById ?? []) } },
    select: { id: true, username: true },
  });
  const nameOf = new Map(people.map((person) => [person.id, person.username]));
  const runs = await db.syncHistory.groupBy({
    by: ["mappingVersion"],
    where: { feedSourceId: sourceId, mappingVersion: { in: versions.map((one) => one.version) } },
    _count: { _all: true },
  });
  return {
    source,
    versions: versions.map(({ createdById, mapping: stored, ...version }) => ({
      ...version,
      mapping: mapping.parse(stored),
      by: createdById ? (nameOf.get(createdById) ?? "Somebody who left") : "System",
      runs: runs.find((run) => run.mappingVersion === version.version)?._count._all ?? 0,
    })),
  };
}
export type SourceMapping = NonNullable<Awaited<ReturnType<typeof getSourceMapping>>>;
