import "server-only";
import { db, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { listChangedSince } from "@/lib/db/quality";
import { computeQuality } from "./compute-quality";
import {
  type QualityState,
  readQualityRules,
  readQualityState,
  writeQualityRules,
  writeQualityState,
} from "./quality-state";
import { categoriesToRecompute, rulesNow } from "./rules-now";

/** Products of one transaction: some 50 ms, so that nobody's save waits for it. */
const BATCH = 500;
/** A change may become visible so long after the time it bears, in milliseconds. */
const LATE_MS = 60_000;

interface Step {
  ids: string[];
  /** The state once these are done. */
  next: QualityState;
}

/** True while the catalogue or what is asked of it has changed since the quality was computed. Two small reads. */
export async function isQualityBehind(): Promise<boolean> {
  const [state, versions] = [await readQualityState(db), await catalogueVersions()];
  return (
    state.sweepAfter !== null ||
    state.categoriesDue.length > 0 ||
    state.after !== null ||
    state.products !== versions.products ||
    state.categories !== versions.categories
  );
}

/**
 * Computes the quality of the next products whose version or whose template is another than it was computed from.
 * Each batch is a transaction of its own that also writes how far it came: safe to be killed and run again.
 * Gives how many products were done; null when nothing is left.
 */
export async function catchUp(): Promise<number | null> {
  const state = await noticeRules(await readQualityState(db));
  const step = await nextStep(state);
  if (step === null) return null;
  await transaction(async (tx) => {
    await lockName(tx, "quality");
    await computeQuality(tx, step.ids);
    // Somebody else has come further or noticed more: theirs stands, and these are done twice at worst.
    if (isSame(await readQualityState(tx), state)) await writeQualityState(tx, step.next);
  });
  return step.ids.length;
}

/** Adds to what is due where categories moved or something else is asked of their products. */
async function noticeRules(state: QualityState): Promise<QualityState> {
  const { categories } = await catalogueVersions();
  if (state.categories === categories) return state;
  return transaction(async (tx) => {
    await lockName(tx, "quality");
    const [fresh, before, now] = [await readQualityState(tx), await readQualityRules(tx), await rulesNow(tx)];
    const due = before ? categoriesToRecompute(before, now) : null;
    const next: QualityState = { ...fresh, categories };
    if (due === null) next.sweepAfter = "";
    // The first may be half done by other rules: begun anew.
    else if (due.length > 0) {
      next.categoriesDue = [...new Set([...fresh.categoriesDue, ...due])];
      next.categoryAfter = "";
    }
    await writeQualityRules(tx, now);
    await writeQualityState(tx, next);
    return next;
  });
}

async function nextStep(state: QualityState): Promise<Step | null> {
  if (state.sweepAfter !== null) return sweep(state, state.sweepAfter);
  const [category] = state.categoriesDue;
  if (category !== undefined) return inCategory(state, category);
  return changed(state);
}

async function sweep(state: QualityState, after: string): Promise<Step> {
  // What changes while the sweep is under way is seen by the look that follows it.
  const since = after === "" ? Date.now() - LATE_MS : state.since;
  const ids = await listIds({ id: { gt: after } });
  const last = ids.at(-1);
  const isDone = ids.length < BATCH || last === undefined;
  const next = { ...state, since, after: null, sweepAfter: isDone ? null : last };
  // A sweep does every category's products.
  return { ids, next: { ...next, categoriesDue: [], categoryAfter: "" } };
}

async function inCategory(state: QualityState, categoryId: string): Promise<Step> {
  const ids = await listIds({ categoryId, id: { gt: state.categoryAfter } });
  const last = ids.at(-1);
  if (ids.length === BATCH && last !== undefined) return { ids, next: { ...state, categoryAfter: last } };
  return { ids, next: { ...state, categoriesDue: state.categoriesDue.slice(1), categoryAfter: "" } };
}

async function changed(state: QualityState): Promise<Step | null> {
  const { products } = await catalogueVersions();
  if (state.after === null && state.products === products) return null;
  const begun = state.after?.begun ?? Date.now();
  const from = state.after ?? { at: state.since, id: "" };
  const rows = await listChangedSince({ at: new Date(from.at), id: from.id }, BATCH);
  const last = rows.at(-1);
  const ids = rows.map(({ id }) => id);
  if (rows.length === BATCH && last) {
    return { ids, next: { ...state, after: { begun, at: last.at.getTime(), id: last.id } } };
  }
  return { ids, next: { ...state, after: null, products, since: Math.max(state.since, begun - LATE_MS) } };
}

function isSame(a: QualityState, b: QualityState) {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function listIds(where: { id: { gt: string }; categoryId?: string }) {
  const rows = await db.product.findMany({ where, select: { id: true }, orderBy: { id: "asc" }, take: BATCH });
  return rows.map(({ id }) => id);
}

async function catalogueVersions() {
  const rows = await db.catalogueVersion.findMany({ select: { name: true, version: true } });
  const of = (name: string) => rows.find((row) => row.name === name)?.version ?? 0;
  return { products: of("products"), categories: of("categories") };
}
