import type { FieldSource } from "@/lib/catalog/field-source";
import type { StoredChange } from "@/lib/db/sync-changes";
import type { ChangeFields, FieldChange, SaidBefore } from "../change";

/** The run that is taken back. */
export interface UndoneRun {
  id: string;
  /** Null: it had no feed, so there is no memory to put back. */
  sourceId: string | null;
}

export type AppliedChange = Omit<StoredChange, "fields"> & {
  name: string;
  fields: ChangeFields;
  /** Fields that go back further than to what the run found: past runs that are undone themselves. */
  rerouted?: string[];
};

/** Why a field is left as it is: who gave the value that stands there now, or a sentence's end. */
export type Since = { source: FieldSource } | { words: string };

export interface LeftSince {
  field: string;
  since: Since;
}

/** What the source is made to remember of the item again. */
export type Memory =
  | { step: "leave" }
  /** It had never spoken of it before the run. */
  | { step: "forget"; itemId: number }
  | { step: "restore"; itemId: number; row: RememberedItem };

export interface RememberedItem {
  contentHash: string;
  fieldHashes: Record<string, string>;
  missingRuns: number;
  missingSinceRunId: string | null;
  tombstonedAt: Date | null;
  isUnlinked: boolean;
}

/** What taking one applied change back comes to. */
export interface PlannedUndo {
  change: AppliedChange;
  /** `removed`: the run had created it. */
  outcome: "restored" | "removed" | "skipped";
  /** The lines taken back, as the run had written them. */
  lines: FieldChange[];
  left: LeftSince[];
  memory: Memory;
}

/** Lines as the undo writes them down: before is what the run had made it. */
export function reversed(lines: FieldChange[]): FieldChange[] {
  return lines.map(({ field, before, after, type, beforeId, afterId, kept }) => ({
    field,
    before: after,
    after: before,
    ...(type === undefined ? {} : { type }),
    ...(beforeId === undefined && afterId === undefined
      ? {}
      : { beforeId: afterId ?? null, afterId: beforeId ?? null }),
    ...(kept ? { kept } : {}),
  }));
}

/** Hash of nothing: the next feed's item is compared anew, whatever it says. */
export const COMPARE_ANEW = "";

interface CurrentItem {
  id: number;
  contentHash: string;
  fieldHashes: Record<string, string>;
  missingRuns: number;
  missingSinceRunId: string | null;
  tombstonedAt: Date | null;
}

/** What the source shall remember once `lines` of the change are taken back. */
export function memoryAfter(change: AppliedChange, lines: FieldChange[], item: CurrentItem | undefined): Memory {
  if (!item) return { step: "leave" };
  if (change.kind === "missing") return memoryOfMissing(change, item);
  const { said, saidBefore } = change.fields;
  if (!said) return { step: "leave" };
  const stands = item.contentHash === said.contentHash;
  if (stands && saidBefore === null) return { step: "forget", itemId: item.id };
  const fieldHashes = hashesBefore(item.fieldHashes, saidBefore ?? null, stands ? null : lines);
  for (const field of change.rerouted ?? []) delete fieldHashes[hashName(field)];
  if (!stands || !saidBefore) {
    // It has spoken since, of all its fields: those taken back are to be compared anew.
    return {
      step: "restore",
      itemId: item.id,
      row: { ...item, contentHash: COMPARE_ANEW, fieldHashes, isUnlinked: false },
    };
  }
  const missing =
    item.missingRuns > 0
      ? { ...item }
      : {
          missingRuns: saidBefore.missingRuns ?? 0,
          missingSinceRunId: saidBefore.missingSinceRunId ?? null,
          tombstonedAt: saidBefore.tombstonedAt ? new Date(saidBefore.tombstonedAt) : null,
        };
  // The run that archived it is undone too, and the absence it counted with it.
  if (change.rerouted?.includes("status") && missing.tombstonedAt) {
    missing.tombstonedAt = null;
    missing.missingRuns = Math.max(0, missing.missingRuns - 1);
    if (missing.missingRuns === 0) missing.missingSinceRunId = null;
  }
  const { missingRuns, missingSinceRunId, tombstonedAt } = missing;
  return {
    step: "restore",
    itemId: item.id,
    row: {
      // What it had said before is the word of a run that is undone too.
      contentHash: change.rerouted ? COMPARE_ANEW : saidBefore.contentHash,
      fieldHashes,
      missingRuns,
      missingSinceRunId,
      tombstonedAt,
      isUnlinked: saidBefore.isUnlinked ?? false,
    },
  };
}

/** The name under which a source's word on a line's field is remembered. */
export function hashName(field: string): string {
  return field.startsWith("image:") ? "images" : field;
}

/** `only`: the lines whose fields go back; null for all. */
function hashesBefore(now: Record<string, string>, before: SaidBefore | null, only: FieldChange[] | null) {
  const hashes = { ...now };
  const fields = only ? only.map((line) => hashName(line.field)) : null;
  for (const field of fields ?? Object.keys(before?.fieldHashes ?? {})) {
    if (before && !(field in before.fieldHashes)) continue;
    const hash = before?.fieldHashes[field] ?? null;
    if (hash === null) delete hashes[field];
    else hashes[field] = hash;
  }
  return hashes;
}

/** A flag of absence goes back by one run, unless the item came back or went missing again since. */
function memoryOfMissing({ fields }: AppliedChange, item: CurrentItem): Memory {
  const line = fields.update?.find((one) => one.field === "missing");
  if (!line || line.after !== item.missingRuns) return { step: "leave" };
  const missingRuns = Number(line.before ?? 0);
  const wasArchived = fields.update?.some((one) => one.field === "status") ?? false;
  return {
    step: "restore",
    itemId: item.id,
    row: {
      contentHash: item.contentHash,
      fieldHashes: item.fieldHashes,
      missingRuns,
      missingSinceRunId: missingRuns === 0 ? null : item.missingSinceRunId,
      tombstonedAt: wasArchived ? null : item.tombstonedAt,
      isUnlinked: false,
    },
  };
}
