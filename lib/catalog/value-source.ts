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
  if (!isFeeds(current)) return mine;
  return {
    ...mine,
    sourceId: source?.sourceId,
    kept: true,
    feedValue: current.value,
    feedRunId: source?.id ?? current.createdByRunId ?? undefined,
    keptOver: current.value,
  };
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
  return userId ? { by: "person", id: userId } : { by: "bulk", id: "system" };
}
