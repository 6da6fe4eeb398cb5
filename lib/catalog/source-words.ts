import "server-only";
import { type Actor, actorUserId } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { isPersonRun } from "@/lib/sync/run-triggers";
import { TRIGGER_WORDS } from "@/lib/sync/trigger-words";
import { SOMEBODY_GONE } from "@/lib/users/person-names";
import type { FieldSource } from "./field-source";

/** Where a value came from, as the screens say it. */
export interface SourceWords {
  kind: "feed" | "person" | "system";
  /** `Etilize`, `Mira Rossi`, `you` */
  who: string;
  /** The run's number, for its link. */
  run: number | null;
  /** `Bulk edit`, where a person gave it to many products in a run; absent else. */
  via?: string;
  /** ISO time; null when only the product's creation is known. */
  at: string | null;
  /** A person's value stands against the feed's. */
  kept: KeptWords | null;
}

export interface KeptWords {
  /** What the feed says now; null: it gives none. */
  feedValue: string | number | boolean | null;
  /** What the feed said when the person chose. */
  keptOver: string | number | boolean | null;
  feed: string;
  run: number | null;
}

export interface SourceWriter {
  words(source: FieldSource | null): SourceWords;
  runWords(runId: string): { source: string; run: number; at: string | null } | null;
}

interface Origin {
  createdByRunId: string | null;
  createdById: string | null;
  createdAt: Date;
}

/** Looks up every run and person named by a product's sources at once: two queries, however many there are. */
export async function sourceWriter(
  actor: Actor,
  origin: Origin,
  sources: (FieldSource | null)[],
  moreRunIds: string[] = [],
): Promise<SourceWriter> {
  const named = sources.filter((source) => source !== null);
  const runIds = named.flatMap((source) =>
    [source.by === "run" ? source.id : [], source.feedRunId ?? [], source.runId ?? []].flat(),
  );
  const userIds = named.filter((source) => source.by === "person").map((source) => source.id);
  const [runs, people] = await Promise.all([
    runsById([...runIds, ...moreRunIds, origin.createdByRunId ?? []].flat()),
    peopleById([...userIds, origin.createdById ?? []].flat()),
  ]);
  const me = actorUserId(actor);

  function person(id: string, at: Date | string): SourceWords {
    const who = id === me ? "you" : (people.get(id) ?? SOMEBODY_GONE);
    return { kind: "person", who, run: null, at: iso(at), kept: null };
  }
  function feed(runId: string, at: Date | string): SourceWords {
    const run = runs.get(runId);
    return { kind: "feed", who: run?.source ?? "a feed", run: run?.number ?? null, at: iso(at), kept: null };
  }
  function ofProduct(): SourceWords {
    if (origin.createdByRunId) {
      return feed(origin.createdByRunId, runs.get(origin.createdByRunId)?.completedAt ?? origin.createdAt);
    }
    if (origin.createdById) return person(origin.createdById, origin.createdAt);
    return { kind: "system", who: "system", run: null, at: iso(origin.createdAt), kept: null };
  }
  let own: SourceWords | undefined;
  function words(source: FieldSource | null): SourceWords {
    if (!source) {
      // One and the same object: it travels to the page once, however many values have no source of their own.
      own ??= ofProduct();
      return own;
    }
    if (source.by === "run") return feed(source.id, source.at);
    const base: SourceWords =
      source.by === "person"
        ? { ...person(source.id, source.at), ...inRun(source.runId) }
        : {
            kind: "system",
            who: source.id === "system" ? "system" : "bulk edit",
            run: null,
            at: source.at,
            kept: null,
          };
    return source.kept ? { ...base, kept: kept(source) } : base;
  }
  function inRun(runId: string | undefined): Pick<SourceWords, "via"> & { run: number | null } {
    const run = runId ? runs.get(runId) : undefined;
    if (!run || !isPersonRun(run.syncType)) return { run: null };
    return { run: run.number, via: TRIGGER_WORDS[run.syncType] };
  }
  function kept(source: FieldSource): KeptWords {
    const run = runs.get(source.feedRunId ?? origin.createdByRunId ?? "");
    return {
      feedValue: source.feedValue ?? null,
      keptOver: source.keptOver ?? source.feedValue ?? null,
      feed: run?.source ?? "the feed",
      run: run?.number ?? null,
    };
  }
  function runWords(runId: string) {
    const run = runs.get(runId);
    return run ? { source: run.source, run: run.number, at: run.completedAt && iso(run.completedAt) } : null;
  }
  return { words, runWords };
}

async function runsById(ids: string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const runs = await db.syncHistory.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, number: true, source: true, syncType: true, completedAt: true },
  });
  return new Map(runs.map((run) => [run.id, run]));
}

/** People's names by id. */
export async function peopleById(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const users = await db.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, firstName: true, lastName: true, email: true },
  });
  return new Map(users.map((u) => [u.id, `${u.firstName} ${u.lastName}`.trim() || u.email]));
}

function iso(at: Date | string) {
  return typeof at === "string" ? at : at.toISOString();
}
