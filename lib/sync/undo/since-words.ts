import "server-only";
import type { FieldSource } from "@/lib/catalog/field-source";
import { peopleById } from "@/lib/catalog/source-words";
import type { Reader } from "@/lib/db/client";
import { formatShortDateTime } from "@/lib/format";
import { SOMEBODY_GONE } from "@/lib/users/person-names";
import type { LeftField } from "../change";
import { fieldLabel } from "../field-words";
import type { PlannedUndo } from "./undo-plan";

/** The fields that plans leave as they are, each with who changed it since and when, by the change's id. */
export async function leftInWords(on: Reader, plans: PlannedUndo[]): Promise<Map<number, LeftField[]>> {
  const sources = plans.flatMap(({ left }) => left.flatMap(({ since }) => ("source" in since ? since.source : [])));
  const people = await peopleById(sources.filter((source) => source.by === "person").map((source) => source.id));
  const runIds = [...new Set(sources.filter((source) => source.by === "run").map((source) => source.id))];
  const runs = await on.syncHistory.findMany({
    where: { id: { in: runIds } },
    select: { id: true, number: true, source: true },
  });
  const runOf = new Map(runs.map((run) => [run.id, `${run.source} in run ${run.number}`]));
  const now = new Date();
  const words = (source: FieldSource) => {
    const who =
      source.by === "run"
        ? (runOf.get(source.id) ?? "another run")
        : source.by === "person"
          ? (people.get(source.id) ?? SOMEBODY_GONE)
          : "the system";
    return `changed by ${who}, ${formatShortDateTime(new Date(source.at), now)}`;
  };
  return new Map(
    plans
      .filter(({ left }) => left.length > 0)
      .map(({ change, left }) => [
        change.id,
        left.map(({ field, since }) => ({
          field,
          reason: "source" in since ? words(since.source) : since.words,
        })),
      ]),
  );
}

/** "Left as it is: Name (changed by Mira Rossi, 3 Nov, 14:02), Price (changed by Etilize in run 14, …)." */
export function leftSentence(left: LeftField[]): string {
  const whole = left.find(({ field }) => field === "product" || (field === "category" && left.length === 1));
  if (whole) return `Left as it is: ${whole.reason}.`;
  return `Left as it is: ${left.map(({ field, reason }) => `${fieldLabel(field)} (${reason})`).join(", ")}.`;
}
