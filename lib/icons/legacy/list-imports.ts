import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { peopleById } from "@/lib/catalog/source-words";
import { db } from "@/lib/db/client";
import { type JobFacts, jobFacts, jobFactsSelect } from "@/lib/jobs/job-state";

import { legacyJob } from "./legacy-job";
import { legacyParameters } from "./legacy-parameters";
import { type LegacyPlace, legacyPlaces } from "./legacy-places";
import { type LegacyReport, legacyReport } from "./legacy-report";

/** Imports listed, the latest ones. */
const LISTED = 30;

export const legacyImportSearch = z.object({ job: z.uuid().optional().catch(undefined) });

export interface LegacyImport {
  id: string;
  startedAt: Date;
  /** Null: found in one of the usual places. */
  startedBy: string | null;
  isDryRun: boolean;
  /** What was asked for, to import the same again. */
  given: { uploads: string[]; path: string };
  facts: JobFacts;
  /** Null until it has ended well. */
  report: LegacyReport | null;
}

/** Imports of earlier icons, newest first. */
export async function listLegacyImports(actor: Actor): Promise<LegacyImport[]> {
  assertCan(actor, "catalog:read");
  const jobs = await db.job.findMany({
    where: { jobType: legacyJob.name },
    select: { ...jobFactsSelect, result: true, parameters: true },
    orderBy: { id: "desc" },
    take: LISTED,
  });
  const people = await peopleById(jobs.flatMap(({ userId }) => userId ?? []));
  const now = new Date();
  return jobs.map(({ result, parameters, ...job }) => {
    const { dryRun, ...given } = legacyParameters.parse(parameters);
    return {
      id: job.id,
      startedAt: job.createdAt,
      startedBy: job.userId === null ? null : (people.get(job.userId) ?? "somebody"),
      isDryRun: dryRun,
      given,
      facts: jobFacts(job, now),
      report: legacyReport.safeParse(result).data ?? null,
    };
  });
}

/** Where stores are looked for, and where one lies. For those who may import from there. */
export async function listLegacyPlaces(actor: Actor): Promise<LegacyPlace[]> {
  assertCan(actor, "catalog:write");
  return legacyPlaces();
}

export interface WaitingLegacyIcons {
  unassigned: number;
  missing: number;
}

/** Icons of an earlier system that wait for a person: without a category, or without their file. */
export async function waitingLegacyIcons(actor: Actor): Promise<WaitingLegacyIcons | null> {
  assertCan(actor, "catalog:read");
  const legacyId = { not: null };
  const missing = await db.icon.count({ where: { legacyId, fileMissing: true } });
  const unassigned = await db.icon.count({ where: { legacyId, fileMissing: false, categoryId: null } });
  return unassigned + missing > 0 ? { unassigned, missing } : null;
}
