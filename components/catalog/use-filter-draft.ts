"use client";

import { useState } from "react";
import {
  type Condition,
  type ConditionGroup,
  type Conditions,
  type Join,
  metafieldId,
} from "@/lib/catalog/filter/condition";
import type { FilterNames } from "@/lib/catalog/filter/condition-words";
import { kindOfMetafield } from "@/lib/catalog/filter/fields";
import type { DefinitionChoice } from "@/lib/metafields/list-definitions";
import { codecOf } from "@/lib/metafields/types";
import { conditionOn } from "./condition-row";

/** Rows keep their identity while they are edited, moved and removed. */
export interface DraftGroup {
  id: number;
  join: Join;
  rows: { id: number; condition: Condition }[];
}

let last = 0;
function nextId() {
  last += 1;
  return last;
}

function draftOf({ join, conditions }: ConditionGroup): DraftGroup {
  return { id: nextId(), join, rows: conditions.map((condition) => ({ id: nextId(), condition })) };
}

/** A filter while it is edited; nothing of it reaches the list before `read` is taken. */
export function useFilterDraft(initial: Conditions, known: FilterNames) {
  const [names, setNames] = useState(known);
  const [join, setJoin] = useState(initial.join);
  const [groups, setGroups] = useState<DraftGroup[]>(() =>
    initial.groups.length > 0
      ? initial.groups.map(draftOf)
      : [draftOf({ join: "all", conditions: [conditionOn("name", known)] })],
  );

  function change(id: number, next: (group: DraftGroup) => DraftGroup) {
    setGroups((all) =>
      all.map((group) => (group.id === id ? next(group) : group)).filter(({ rows }) => rows.length > 0),
    );
  }

  function name(definition: DefinitionChoice) {
    const id = metafieldId(definition.namespace, definition.key);
    const codec = codecOf(definition.type);
    const kind = kindOfMetafield(definition.type, codec.control);
    const next = {
      ...names,
      metafields: { ...names.metafields, [id]: { label: definition.name, kind, hint: codec.hint } },
    };
    setNames(next);
    return conditionOn(id, next);
  }

  return {
    names,
    join,
    setJoin,
    groups,
    nameMetafield: name,
    nameCategory: (id: string, called: string) =>
      setNames((old) => ({ ...old, categories: { ...old.categories, [id]: called } })),
    setGroupJoin: (id: number, chosen: Join) => change(id, (group) => ({ ...group, join: chosen })),
    addRow: (id: number) =>
      change(id, (group) => ({
        ...group,
        rows: [...group.rows, { id: nextId(), condition: conditionOn("name", names) }],
      })),
    setRow: (id: number, row: number, condition: Condition) =>
      change(id, (group) => ({
        ...group,
        rows: group.rows.map((each) => (each.id === row ? { ...each, condition } : each)),
      })),
    removeRow: (id: number, row: number) =>
      change(id, (group) => ({ ...group, rows: group.rows.filter((each) => each.id !== row) })),
    addGroup: () => setGroups((all) => [...all, draftOf({ join: "all", conditions: [conditionOn("name", names)] })]),
    clear: () => setGroups([]),
    /** The filter without empty lines of lists. */
    read: (): Conditions => ({
      join,
      groups: groups.map((group) => ({ join: group.join, conditions: group.rows.map((row) => tidy(row.condition)) })),
    }),
  };
}

function tidy(condition: Condition): Condition {
  const values = condition.values.map((value) => value.trim()).filter((value) => value !== "");
  return { ...condition, values };
}

/** Whether a condition has at least so many values. */
export function hasValues(condition: Condition, wanted: number): boolean {
  return tidy(condition).values.length >= wanted;
}
