import { type Actor, actorUserId } from "@/lib/auth/actor";
import type { FieldSource } from "./field-source";

type Value = string | number | boolean | null;

/** A value as it stands, with what is known of where it came from. */
export interface SourcedValue {
  value: Value;
  /** Null: the product's own, the run or person that created it. */
  source: FieldSource | null;
  /** The run that created the product. */
  createdByRunId: string | null;
}

/**
 * The source of a value after a person has set it to `to`. Over a feed's value it is kept: the feed's stands
 * beside it from now on. Setting what the feed says anyway releases it.
 */
export function sourceAfterEdit(actor: Actor, current: SourcedValue, to: Value, now: Date): FieldSource | null {
  const { source } = current;
  if (source?.kept && source.feedValue === to) return sourceAfterRelease(current, now);
  const mine: FieldSource = { ...editor(actor), at: now.toISOString() };
  if (source?.kept) return { ...source, ...mine };
  return isFeeds(current) ? keptOver(mine, current) : mine;
}

function keptOver(mine: FieldSource, { source, value, createdByRunId }: SourcedValue): FieldSource {
  return {
    ...mine,
    sourceId: source?.sourceId,
    kept: true,
    feedValue: value,
    feedRunId: source?.id ?? createdByRunId ?? undefined,
    keptOver: value,
  };
}

/**
 * As sourceAfterEdit, for a value that a run without a feed gives. It stays the person's also where the feed says the
 * same, so that the run can be told from it and undone.
 */
export function sourceAfterPersonRun(
  { runId, userId }: { runId: string; userId: string | null },
  current: SourcedValue,
  now: Date,
): FieldSource {
  const { source } = current;
  const by: Pick<FieldSource, "by" | "id"> = userId ? { by: "person", id: userId } : SYSTEM_EDITOR;
  const mine: FieldSource = { ...by, runId, at: now.toISOString() };
  if (source?.kept) return { ...source, ...mine };
  return isFeeds(current) ? keptOver(mine, current) : mine;
}

/** The source of a kept value that a run without a feed gives back to the feed, the creating run named too. */
export function sourceReleasedInRun(runId: string, current: SourcedValue, now: Date): FieldSource | null {
  const feedRunId = current.source?.feedRunId ?? current.createdByRunId;
  if (!feedRunId) return null;
  return { by: "run", id: feedRunId, sourceId: current.source?.sourceId, runId, at: now.toISOString() };
}

/** The source of a kept value after it has gone back to what the feed says. */
export function sourceAfterRelease({ source, createdByRunId }: SourcedValue, now: Date): FieldSource | null {
  const runId = source?.feedRunId;
  if (!runId || runId === createdByRunId) return null;
  return { by: "run", id: runId, sourceId: source.sourceId, at: now.toISOString() };
}

/** The value came from a feed and nobody has set it since. */
export function isFeeds({ source, createdByRunId }: SourcedValue): boolean {
  return source ? source.by === "run" : createdByRunId !== null;
}

function editor(actor: Actor): Pick<FieldSource, "by" | "id"> {
  const userId = actorUserId(actor);
  return userId ? { by: "person", id: userId } : SYSTEM_EDITOR;
}

const SYSTEM_EDITOR = { by: "bulk", id: "system" } as const;
