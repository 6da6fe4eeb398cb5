import { type Actor, actorUserId } from "@/lib/auth/actor";
import { contains } from "@/lib/db/contains";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { JobStatus } from "@/prisma/generated/sqlite/enums";
import { LOST_AFTER_MS } from "./job-state";
import type { JobTab } from "./job-tabs";
import type { JobSearch } from "./search-params";

const DAY_MS = 86_400_000;

/** A tab, or one state alone. */
export type JobFilter = Partial<JobSearch> & { status?: JobStatus };

/** Which jobs a search means; a running job that is silent is lost, as it is shown. */
export function jobWhere(actor: Actor, search: JobFilter, now: Date): Prisma.JobWhereInput {
  const parts: Prisma.JobWhereInput[] = [filterWhere(actor, search, now)];
  if (search.tab) parts.push(tabWhere(search.tab, now));
  if (search.status) parts.push(statusWhere(search.status, now));
  return { AND: parts };
}

/** Without its tab: what the tabs' counts are of. */
export function filterWhere(actor: Actor, search: JobFilter, now: Date): Prisma.JobWhereInput {
  const { who, type, days, from, to, q } = search;
  const parts: Prisma.JobWhereInput[] = [];
  if (who) parts.push({ userId: who === "me" ? actorUserId(actor) : who === "system" ? null : who });
  if (type) parts.push({ jobType: type });
  if (days) parts.push({ createdAt: { gte: new Date(now.getTime() - days * DAY_MS) } });
  if (from) parts.push({ createdAt: { gte: new Date(`${from}T00:00:00Z`) } });
  if (to) parts.push({ createdAt: { lt: new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS) } });
  if (q) parts.push({ OR: [{ displayName: contains(q) }, { error: contains(q) }] });
  return { AND: parts };
}

function tabWhere(tab: JobTab, now: Date): Prisma.JobWhereInput {
  switch (tab) {
    case "all":
      return {};
    case "running":
      return statusWhere("running", now);
    case "waiting":
      return { status: { in: ["pending", "paused"] } };
    case "failed":
      return { status: "failed" };
    case "lost":
      return { OR: [{ status: "parked" }, statusWhere("lost", now)] };
    case "finished":
      return { status: { in: ["completed", "cancelled"] } };
    default:
      return tab satisfies never;
  }
}

function statusWhere(status: JobStatus, now: Date): Prisma.JobWhereInput {
  if (status === "lost") return { OR: [{ status }, silentWhere(now)] };
  if (status === "running") return { status, heartbeatAt: { gte: lastHeard(now) } };
  return { status };
}

/** Jobs that should run and whose worker says nothing. */
export function silentWhere(now: Date): Prisma.JobWhereInput {
  return { status: "running", OR: [{ heartbeatAt: null }, { heartbeatAt: { lt: lastHeard(now) } }] };
}

function lastHeard(now: Date) {
  return new Date(now.getTime() - LOST_AFTER_MS);
}
