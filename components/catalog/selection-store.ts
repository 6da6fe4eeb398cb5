/** What is selected, kept for this tab: paging, a product's page and back leave it as it is. */
export interface StoredSelection {
  /** The list it was selected in, by its address without order and page. */
  list: string;
  /** What is ticked; with `isAll` what is not. */
  ids: string[];
  isAll: boolean;
}

const KEY = "stockroom.selection";
export const NOTHING: StoredSelection = { list: "", ids: [], isAll: false };

const listeners = new Set<() => void>();
/** The last text read and what it says: the same text is the same object. */
let last: { text: string | null; selection: StoredSelection } = { text: null, selection: NOTHING };

export function readSelection(): StoredSelection {
  const text = sessionStorage.getItem(KEY);
  if (text !== last.text) last = { text, selection: parse(text) };
  return last.selection;
}

export function writeSelection(selection: StoredSelection) {
  const isEmpty = selection.ids.length === 0 && !selection.isAll;
  if (isEmpty) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(selection));
  for (const listener of listeners) listener();
}

export function subscribeToSelection(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function parse(text: string | null): StoredSelection {
  if (text === null) return NOTHING;
  try {
    const value: unknown = JSON.parse(text);
    return isSelection(value) ? value : NOTHING;
  } catch {
    // Not written by this page: nothing is selected.
    return NOTHING;
  }
}

function isSelection(value: unknown): value is StoredSelection {
  if (typeof value !== "object" || value === null) return false;
  const { list, ids, isAll } = value as Partial<Record<keyof StoredSelection, unknown>>;
  const isIds = Array.isArray(ids) && ids.every((id) => typeof id === "string");
  return typeof list === "string" && isIds && typeof isAll === "boolean";
}
