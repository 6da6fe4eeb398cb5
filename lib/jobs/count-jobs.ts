import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { JobTab } from "./job-tabs";
import { filterWhere, type JobFilter, silentWhere } from "./job-where";

/** How many jobs each tab has, of those that the filters mean. */
export async function countJobs(actor: Actor, search: JobFilter, now = new Date()): Promise<Record<JobTab, number>> {
  assertCan(actor, "job:read");
  const where = filterWhere(actor, search, now);
  const [groups, silent] = await Promise.all([
    db.job.groupBy({ by: ["status"], where, _count: true }),
    db.job.count({ where: { AND: [where, silentWhere(now)] } }),
  ]);
  const of = (...statuses: (typeof groups)[number]["status"][]) =>
    groups.reduce((sum, group) => sum + (statuses.includes(group.status) ? group._count : 0), 0);
  return {
    all: groups.reduce((sum, group) => sum + group._count, 0),
    running: of("running") - silent,
    waiting: of("pending", "paused"),
    failed: of("failed"),
    lost: of("lost", "parked") + silent,
    finished: of("completed", "cancelled"),
  };
}

/** Who started jobs, for the filter: by name. */
export async function listJobStarters(actor: Actor): Promise<{ id: string; name: string }[]> {
  assertCan(actor, "job:read");
  const starters = await db.job.groupBy({ by: ["userId"], where: { userId: { not: null } } });
  const users = await db.user.findMany({
    select: { id: true, firstName: true, lastName: true, email: true },
    where: { id: { in: starters.flatMap(({ userId }) => userId ?? []) } },
  });
  return users
    .map(({ id, firstName, lastName, email }) => ({ id, name: `${firstName} ${lastName}`.trim() || email }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
