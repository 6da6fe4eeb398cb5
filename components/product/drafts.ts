import type { FieldConflict } from "@/lib/catalog/product-changes";
import { type FieldValue, isProductField } from "@/lib/catalog/product-fields";
import type { Line } from "./lines";

/** What a person typed into one line, and the value they saw when they began. */
export interface Draft {
  typed: string;
  from: FieldValue;
}

export interface DraftState {
  drafts: Record<string, Draft>;
  /** Sentences per line. */
  errors: Record<string, string>;
  conflicts: Record<string, FieldConflict>;
  /** Why nothing was saved, in words. */
  failure: string | null;
}

export const NO_DRAFTS: DraftState = { drafts: {}, errors: {}, conflicts: {}, failure: null };

export type DraftAction =
  | { kind: "type"; line: Line; typed: string }
  | { kind: "drop"; key: string }
  | { kind: "discard" }
  | { kind: "restore"; drafts: Record<string, Draft> }
  | { kind: "saved"; sent: Record<string, Draft> }
  | { kind: "refused"; errors: Record<string, string>; failure: string }
  | { kind: "conflicted"; conflicts: FieldConflict[]; failure: string }
  | { kind: "keep-mine"; key: string };

export function reduceDrafts(state: DraftState, action: DraftAction): DraftState {
  switch (action.kind) {
    case "type":
      return type(state, action.line, action.typed);
    case "drop":
      return without(state, action.key);
    case "discard":
      return NO_DRAFTS;
    case "restore":
      return { ...NO_DRAFTS, drafts: action.drafts };
    case "saved": {
      // What was typed while the save was under way stays.
      const left = Object.entries(state.drafts).filter(([key, { typed }]) => action.sent[key]?.typed !== typed);
      return { ...NO_DRAFTS, drafts: Object.fromEntries(left) };
    }
    case "refused":
      return { ...state, errors: action.errors, failure: action.failure };
    case "conflicted": {
      const conflicts = Object.fromEntries(action.conflicts.map((conflict) => [conflict.field, conflict]));
      return { ...state, conflicts, errors: {}, failure: action.failure };
    }
    case "keep-mine":
      return keepMine(state, action.key);
    default:
      return action satisfies never;
  }
}

function type(state: DraftState, line: Line, typed: string): DraftState {
  const from = state.drafts[line.key]?.from ?? line.stored;
  const isBack = typed === line.edit(from) && from === line.stored;
  if (isBack) return without(state, line.key);
  const { [line.key]: _, ...errors } = state.errors;
  return { ...state, drafts: { ...state.drafts, [line.key]: { typed, from } }, errors };
}

function without(state: DraftState, key: string): DraftState {
  const { [key]: _draft, ...drafts } = state.drafts;
  const { [key]: _error, ...errors } = state.errors;
  const { [key]: _conflict, ...conflicts } = state.conflicts;
  return { drafts, errors, conflicts, failure: Object.keys(drafts).length === 0 ? null : state.failure };
}

/** The person has seen the other value and still wants their own. */
function keepMine(state: DraftState, key: string): DraftState {
  const { [key]: conflict, ...conflicts } = state.conflicts;
  const draft = state.drafts[key];
  if (!conflict || !draft) return state;
  const drafts = { ...state.drafts, [key]: { ...draft, from: conflict.theirs } };
  return { ...state, drafts, conflicts, failure: Object.keys(conflicts).length === 0 ? null : state.failure };
}

type FieldEdits = Record<string, { from: FieldValue; to: FieldValue }>;
type MetafieldEdits = { namespace: string; key: string; from: string | null; to: string }[];

/** What a save sends, or the sentence per line that stands against it. */
export function editsOf(
  lines: Map<string, Line>,
  drafts: Record<string, Draft>,
): { errors: Record<string, string>; changes: FieldEdits; metafields: MetafieldEdits } {
  const errors: Record<string, string> = {};
  const changes: FieldEdits = {};
  const metafields: MetafieldEdits = [];
  for (const [key, { typed, from }] of Object.entries(drafts)) {
    const line = lines.get(key);
    const parsed = line?.parse(typed);
    if (!line || !parsed)
      errors[key] = "Somebody removed this while you were typing. Copy your value, then discard it.";
    else if (!parsed.ok) errors[key] = parsed.error;
    else if (isProductField(key)) changes[key] = { from, to: parsed.value };
    else if (line.metafield) {
      const { namespace, key: name } = line.metafield;
      metafields.push({ namespace, key: name, from: from === null ? null : String(from), to: String(parsed.value) });
    }
  }
  return { errors, changes, metafields };
}

/** The server's errors by line: `changes.name.to` is the line `name`. */
export function errorsByLine(fields: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, sentence]) => [/^changes\.(\w+)\./.exec(field)?.[1] ?? field, sentence]),
  );
}
