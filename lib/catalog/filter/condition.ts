/** One demand on a product, as the address and a saved view keep it: nothing of it has been looked up yet. */
export interface Condition {
  /** A field of `FILTER_FIELDS`, or a metafield as `m.namespace.key`. */
  field: string;
  op: string;
  values: string[];
}

export type Join = "all" | "any";

export interface ConditionGroup {
  join: Join;
  conditions: Condition[];
}

/** Groups of conditions, themselves joined: two levels. */
export interface Conditions {
  join: Join;
  groups: ConditionGroup[];
}

export const NO_CONDITIONS: Conditions = { join: "all", groups: [] };

/** More would be no filter that a person reads. */
export const MOST_GROUPS = 12;
export const MOST_CONDITIONS = 40;
/** Values of one condition. */
export const MOST_VALUES = 200;

/** The conditions with one replaced, or taken away; an empty group goes with its last one. */
export function withCondition(
  { join, groups }: Conditions,
  [group, at]: readonly [group: number, condition: number],
  next: Condition | null,
): Conditions {
  const changed = groups.map((each, index) =>
    index === group
      ? { ...each, conditions: each.conditions.flatMap((old, position) => (position === at ? (next ?? []) : old)) }
      : each,
  );
  return { join, groups: changed.filter(({ conditions }) => conditions.length > 0) };
}

export type MetafieldId = `m.${string}`;

export function isMetafieldId(id: string): id is MetafieldId {
  return /^m\.[^.]+\../.test(id);
}

export function metafieldId(namespace: string, key: string): MetafieldId {
  return `m.${namespace}.${key}`;
}

/** A key may hold dots, a namespace none. */
export function metafieldOf(id: MetafieldId): { namespace: string; key: string } {
  const [, namespace = "", ...key] = id.split(".");
  return { namespace, key: key.join(".") };
}
