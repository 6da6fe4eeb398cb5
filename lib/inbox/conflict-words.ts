import { db } from "@/lib/db/client";
import { formatPlural } from "@/lib/format";
import { changeFields, type FieldChange } from "@/lib/sync/change";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { asksPerson } from "./asks-person";

/** Longest value told, in characters: the panel has the whole of it. */
const LONGEST = 60;

/** "Price: 9.99 is kept, the feed says 10.99" for each change of which a field asks a person. */
export async function conflictWords(changeIds: number[]): Promise<Map<number, string>> {
  if (changeIds.length === 0) return new Map();
  const details = await db.syncChangeDetail.findMany({
    where: { changeId: { in: changeIds } },
    select: { changeId: true, fields: true },
  });
  return new Map(
    details.flatMap(({ changeId, fields }) => {
      const asking = (changeFields.parse(fields).update ?? []).filter(asksPerson);
      const [first] = asking;
      if (!first) return [];
      const more = asking.length > 1 ? `, and ${formatPlural(asking.length - 1, "more field", "more fields")}` : "";
      return [[changeId, `${lineWords(first)}${more}`] as const];
    }),
  );
}

function lineWords(line: FieldChange) {
  return `${fieldLabel(line.field)}: ${valueWords(line, line.before)} is kept, the feed says ${valueWords(line, line.after)}`;
}

function valueWords(line: FieldChange, value: FieldChange["before"]) {
  const words = fieldValue(line.field, value, line.type) ?? "";
  if (words === "") return "nothing";
  return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
}
