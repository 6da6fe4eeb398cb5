import type { SheetDraft } from "@/lib/sheet/sheet-book";

const DATABASE = "stockroom-sheet";
const STORE = "drafts";
const TAB_KEY = "stockroom:sheet-tab";

/** A sheet that is left saves what it can; another one waits for it no longer than this, in milliseconds. */
const HAND_OVER_MS = 3_000;

let handedOver: Promise<unknown> = Promise.resolve();

/** The sheet is left: whoever opens the next one is to be offered only what `work` could not save. */
export function handOver(work: Promise<unknown>) {
  handedOver = Promise.race([work, new Promise((resolve) => setTimeout(resolve, HAND_OVER_MS))]);
}

interface Kept {
  person: string;
  tab: string;
  at: number;
  drafts: SheetDraft[];
}

/**
 * Keeps what is typed into sheets and not saved yet in the browser's own database, by person and tab: it outlives a
 * reload, a crash and a sign-in that runs out. A tab that is still open keeps its own.
 */
export class DraftKeeper {
  readonly #person: string;
  readonly #database: Promise<IDBDatabase>;
  readonly #tab: Promise<string>;

  constructor(person: string) {
    this.#person = person;
    this.#database = openDatabase();
    this.#tab = claimTab();
  }

  async write(drafts: SheetDraft[]) {
    const [person, tab] = [this.#person, await this.#tab];
    const store = await this.#store("readwrite");
    const written =
      drafts.length === 0
        ? done(store.delete([person, tab]))
        : done(store.put({ person, tab, at: Date.now(), drafts } satisfies Kept));
    // The page may be on its way out: nothing more would commit it.
    store.transaction.commit();
    await written;
  }

  /** What this tab, and tabs that are closed, left behind; from now on this tab's own. */
  async takeOver(): Promise<SheetDraft[]> {
    await handedOver;
    const tab = await this.#tab;
    const alive = await openTabs();
    const range = IDBKeyRange.bound([this.#person, ""], [this.#person, "\uffff"]);
    // Written by this class alone.
    const all = (await done((await this.#store("readonly")).getAll(range))) as Kept[];
    const mine = all.filter((kept) => kept.tab === tab || !alive.has(kept.tab)).sort((a, b) => a.at - b.at);
    const cells = new Map(mine.flatMap(({ drafts }) => drafts).map((one) => [`${one.id}\n${one.column}`, one]));
    const drafts = [...cells.values()];
    await this.write(drafts);
    const others = mine.filter((kept) => kept.tab !== tab);
    if (others.length > 0) {
      const store = await this.#store("readwrite");
      await Promise.all(others.map((kept) => done(store.delete([kept.person, kept.tab]))));
    }
    return drafts;
  }

  /** A transaction ends by itself once nothing is asked of it: each request opens its own. */
  async #store(mode: IDBTransactionMode) {
    return (await this.#database).transaction(STORE, mode).objectStore(STORE);
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["person", "tab"] });
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser's database does not answer."));
  });
}

/** This tab's name, over reloads; a tab that was duplicated takes another. Held as a lock for as long as it is open. */
async function claimTab(): Promise<string> {
  const held = sessionStorage.getItem(TAB_KEY);
  if (held && (await holdLock(held))) return held;
  const fresh = crypto.randomUUID();
  sessionStorage.setItem(TAB_KEY, fresh);
  await holdLock(fresh);
  return fresh;
}

/** Tabs this page holds: a sheet that is opened anew in the same page must not wait for itself. */
const held = new Set<string>();

function holdLock(tab: string): Promise<boolean> {
  // Without locks (no secure address) a tab trusts its own name.
  if (held.has(tab) || !navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(`${DATABASE}:${tab}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (!lock) return undefined;
      held.add(tab);
      return new Promise<void>(() => undefined);
    });
  });
}

async function openTabs(): Promise<ReadonlySet<string>> {
  if (!navigator.locks) return new Set();
  const { held: locks = [] } = await navigator.locks.query();
  return new Set(locks.map(({ name = "" }) => name.slice(DATABASE.length + 1)));
}
