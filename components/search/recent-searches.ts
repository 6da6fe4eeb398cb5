import { useSyncExternalStore } from "react";

const KEY = "stockroom.recent-searches";
const MOST = 8;
const CHANGED = "stockroom:recent-searches";
const NONE: readonly string[] = [];

let read: { raw: string | null; searches: readonly string[] } = { raw: null, searches: NONE };

/** What was searched for in this browser, the latest first. */
export function useRecentSearches(): readonly string[] {
  return useSyncExternalStore(subscribe, recentSearches, () => NONE);
}

export function rememberSearch(typed: string) {
  const search = typed.trim();
  if (search.length < 2) return;
  write([search, ...recentSearches().filter((kept) => kept.toLowerCase() !== search.toLowerCase())].slice(0, MOST));
}

export function forgetSearch(search: string) {
  write(recentSearches().filter((kept) => kept !== search));
}

export function forgetAllSearches() {
  write([]);
}

function recentSearches(): readonly string[] {
  const raw = stored();
  if (raw !== read.raw) read = { raw, searches: parse(raw) };
  return read.searches;
}

function stored() {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    // A browser may keep nothing for anybody: then there are none.
    return null;
  }
}

function parse(raw: string | null): readonly string[] {
  if (!raw) return NONE;
  return raw.split("\n").filter((search) => search !== "");
}

function write(searches: readonly string[]) {
  try {
    window.localStorage.setItem(KEY, searches.map((search) => search.replaceAll("\n", " ")).join("\n"));
  } catch {
    // Not kept, as the browser was told.
    return;
  }
  window.dispatchEvent(new Event(CHANGED));
}

function subscribe(changed: () => void) {
  window.addEventListener(CHANGED, changed);
  window.addEventListener("storage", changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
    window.removeEventListener("storage", changed);
  };
}
