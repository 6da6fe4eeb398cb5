import "server-only";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { type ChangeFields, changeFields, type FieldChange } from "../change";
import { split } from "./changed-since";
import type { AppliedChange, UndoneRun } from "./undo-plan";

/** What an undone run had written and its undo had to leave, because a later run stood on it. */
interface LeftOver {
  changeId: number;
  runId: string;
  lines: FieldChange[];
}

/**
 * The changes as they are to be taken back once earlier runs have been: where a line would put back the value of a run
 * that is undone itself, it puts back what stood before that run.
 */
export async function pastUndone(on: Reader, run: UndoneRun, batch: AppliedChange[]): Promise<AppliedChange[]> {
  const leftOf = await loadLeftOvers(on, run, batch);
  if (leftOf.size === 0) return batch;
  return batch.map((change) => {
    const left = (leftOf.get(change.entityId ?? "") ?? []).filter((one) => one.changeId < change.id);
    const { update } = change.fields;
    if (left.length === 0 || !update) return change;
    const lines = withoutUndonePictures(update, left).flatMap((line) => follow(line, left, change.entity));
    const isSame = lines.length === update.length && lines.every((line, at) => line === update[at]);
    if (isSame) return change;
    const kept = new Set(lines);
    const rerouted = [...update, ...lines].filter((line) => !(update.includes(line) && kept.has(line)));
    return {
      ...change,
      fields: { ...change.fields, update: lines },
      rerouted: [...new Set(rerouted.map(({ field }) => field))],
    };
  });
}

/** Latest first, by entity. */
async function loadLeftOvers(on: Reader, run: UndoneRun, batch: AppliedChange[]): Promise<Map<string, LeftOver[]>> {
  const found = new Map<string, LeftOver[]>();
  const undos = await on.syncHistory.findMany({
    where: { trigger: "undo", undoesRunId: { not: null }, status: { in: ["success", "partial"] } },
    select: { id: true, undoesRunId: true },
  });
  const undoneBy = new Map(undos.map(({ id, undoesRunId }) => [id, undoesRunId ?? ""]));
  if (undoneBy.size === 0) return found;
  const entityIds = [...new Set(batch.flatMap((change) => change.entityId ?? []))];
  const told = await loadChanges(on, entityIds, `"reason" IS NOT NULL AND "runId" IN (${UNDOS})`);
  const fieldsLeft = new Map<string, Set<string>>();
  for (const { runId, entityId, fields } of told) {
    const undone = undoneBy.get(runId);
    if (!undone || undone === run.id || !fields.left) continue;
    fieldsLeft.set(`${undone} ${entityId}`, new Set(fields.left.map(({ field }) => field)));
  }
  if (fieldsLeft.size === 0) return found;
  const ids = [...new Set([...fieldsLeft.keys()].map((key) => key.slice(key.indexOf(" ") + 1)))];
  const written = await loadChanges(on, ids, `"state" IN ('applied', 'reverted') AND "runId" IN (${UNDONE})`);
  for (const { id, runId, entityId, fields } of written.sort((a, b) => b.id - a.id)) {
    const left = fieldsLeft.get(`${runId} ${entityId}`);
    const lines = (fields.update ?? []).filter((line) => left?.has(line.field));
    if (lines.length > 0) found.set(entityId, [...(found.get(entityId) ?? []), { changeId: id, runId, lines }]);
  }
  return found;
}

const UNDOS = `SELECT "id" FROM "SyncHistory" WHERE "trigger" = 'undo'`;
const UNDONE = `SELECT "undoesRunId" FROM "SyncHistory" WHERE "trigger" = 'undo' AND "undoesRunId" IS NOT NULL`;

async function loadChanges(on: Reader, entityIds: string[], where: string) {
  const columns = `"SyncChange"."id", "SyncChange"."runId", "SyncChange"."entityId"`;
  const rows = await selectRows<{ id: number; runId: string; entityId: string }>(
    on,
    "SyncChange",
    columns,
    "entityId",
    entityIds,
    where,
  );
  const details = await inParts(
    rows.map((row) => row.id),
    (part) => on.syncChangeDetail.findMany({ where: { changeId: { in: part } } }),
  );
  const fieldsOf = new Map<number, ChangeFields>(
    details.map(({ changeId, fields }) => [changeId, changeFields.parse(fields)]),
  );
  return rows.map((row) => ({ ...row, fields: fieldsOf.get(row.id) ?? {} }));
}

/** The line with what stood before all the undone runs that it stands on; none when they cancel each other out. */
function follow(line: FieldChange, left: LeftOver[], entity: AppliedChange["entity"]): FieldChange[] {
  const [kind] = split(line.field);
  if (kind === "image") return [line];
  if (kind === "code") return left.some((one) => one.lines.some((other) => cancels(line, other))) ? [] : [line];
  let now = line;
  for (const { runId, lines } of left) {
    const under = lines.find((other) => other.field === line.field && Boolean(other.kept) === Boolean(line.kept));
    if (!under || !standsOn(now, under, runId, entity)) continue;
    const { beforeSource: _, ...rest } = now;
    const beforeSource = under.beforeSource ? { beforeSource: under.beforeSource } : {};
    now = now.kept ? { ...rest, ...beforeSource } : { ...rest, ...beforeOf(now, under), ...beforeSource };
  }
  return [now];
}

function standsOn(line: FieldChange, under: FieldChange, runId: string, entity: AppliedChange["entity"]) {
  if (line.kept) return line.beforeSource?.feedRunId === runId;
  const { beforeSource } = line;
  if (entity === "product") {
    return (beforeSource?.by === "run" && beforeSource.id === runId) || beforeSource?.runId === runId;
  }
  // A category does not know who named it: its value tells.
  return line.field === "parent" ? line.beforeId === under.afterId : line.before === under.after;
}

function beforeOf(line: FieldChange, under: FieldChange): Partial<FieldChange> {
  const place = under.beforeId === undefined ? {} : { beforeId: under.beforeId };
  if (split(line.field)[0] !== "metafield") return { before: under.before, ...place };
  // What was remembered of the removed row is the undone run's; its place and time stand.
  const { value: _, type: __, numberValue: ___, dateValue: ____, source: _____, ...row } = line.was ?? {};
  const type = typeof under.was?.type === "string" ? under.was.type : under.type;
  return { before: under.before, was: { ...row, ...(type ? { type } : {}) } };
}

/** Pictures are one list: the undone run's lines come to those of this run, and what the two did and undid goes. */
function withoutUndonePictures(update: FieldChange[], left: LeftOver[]): FieldChange[] {
  let lines = update;
  for (const { runId, lines: others } of left) {
    const under = others.filter(isPicture);
    if (under.length === 0 || !lines.some((line) => isPicture(line) && line.beforeSource?.id === runId)) continue;
    const undone = under.filter((other) => !lines.some((line) => cancels(line, other)));
    const rest = lines.filter((line) => !(isPicture(line) && under.some((other) => cancels(line, other))));
    const beforeSource = under[0]?.beforeSource;
    lines = [...rest, ...undone].map((line) => {
      if (!isPicture(line)) return line;
      const { beforeSource: _, ...picture } = line;
      return beforeSource ? { ...picture, beforeSource } : picture;
    });
  }
  return lines;
}

function isPicture({ field }: FieldChange) {
  return field.startsWith("image:");
}

function cancels(line: FieldChange, other: FieldChange) {
  return line.field === other.field && line.before === other.after && line.after === other.before;
}
