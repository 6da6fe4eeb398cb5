import {
  type Condition,
  type ConditionGroup,
  type Conditions,
  type Join,
  MOST_CONDITIONS,
  MOST_GROUPS,
  MOST_VALUES,
} from "./condition";

const SEPARATOR = { all: ";", any: "|" } as const satisfies Record<Join, string>;
/** What stands for itself only behind a backslash. */
const SPECIAL = /[\\:,;|]/g;

/** A group as the address carries it: `brand:any:HP,3M;price:lt:100` is both, with `|` either. */
export function writeGroup({ join, conditions }: ConditionGroup): string {
  return conditions.map(writeCondition).join(SEPARATOR[join]);
}

export function writeCondition({ field, op, values }: Condition): string {
  const head = [field, op].map(guard);
  return [...head, ...(values.length > 0 ? [values.map(guard).join(",")] : [])].join(":");
}

function guard(text: string) {
  return text.replace(SPECIAL, "\\$&");
}

/** Reads what `writeGroup` wrote; what is no condition comes back as it stands, to be told. */
export function readConditions(texts: string[], join: Join): { conditions: Conditions; refused: string[] } {
  const refused: string[] = [];
  const groups: ConditionGroup[] = [];
  let room = MOST_CONDITIONS;
  for (const text of texts.slice(0, MOST_GROUPS)) {
    const either = split(text, SEPARATOR.any);
    const both = split(text, SEPARATOR.all);
    if (either.length > 1 && both.length > 1) {
      refused.push(text);
      continue;
    }
    const conditions = [];
    for (const part of either.length > 1 ? either : both) {
      const condition = readCondition(part);
      if (condition && room > 0) {
        conditions.push(condition);
        room -= 1;
      } else if (part !== "") refused.push(part);
    }
    if (conditions.length > 0) groups.push({ join: either.length > 1 ? "any" : "all", conditions });
  }
  refused.push(...texts.slice(MOST_GROUPS));
  return { conditions: { join, groups }, refused };
}

function readCondition(text: string): Condition | null {
  const [field = "", op = "", ...rest] = split(text, ":");
  if (field === "" || op === "" || rest.length > 1 || text.includes("\0")) return null;
  const values = rest[0] === undefined ? [] : split(rest[0], ",").map(plain);
  if (values.length > MOST_VALUES) return null;
  return { field: plain(field), op: plain(op), values };
}

/** Parts between separators that no backslash takes the meaning of. */
function split(text: string, separator: string): string[] {
  const parts = [""];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === separator) parts.push("");
    else {
      parts[parts.length - 1] += letter;
      if (letter === "\\" && at + 1 < text.length) parts[parts.length - 1] += text.charAt(++at);
    }
  }
  return parts;
}

function plain(text: string) {
  return text.replace(/\\([\s\S])/g, "$1");
}
