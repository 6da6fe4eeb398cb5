import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type CategoryNode, type CategoryTree, categoryTree } from "@/lib/categories/category-tree";
import {
  type CategoryIcons,
  selectBeingMade,
  selectCategoryIcons,
  selectIconsMadeBefore,
  selectRenamedSinceIcon,
} from "@/lib/db/icon-figures";
import { COVERAGE_STATES, type CoverageSearch, type CoverageState, GAPS } from "./coverage-search";

export type CoverageCounts = Record<CoverageState, number>;

export interface CoverageLine {
  id: string;
  name: string;
  path: string;
  /** The names above it, from the top. */
  above: string[];
  state: CoverageState;
  /** What it shows now, file or not. */
  iconId: string | null;
}

export interface Coverage {
  categories: number;
  counts: CoverageCounts;
  /** The top categories with all below them, in the order of the tree. */
  branches: { id: string; name: string; path: string; categories: number; counts: CoverageCounts }[];
  rows: CoverageLine[];
  /** Categories that the state and branch of the search name. */
  total: number;
  /** Those of them that a new picture would mend. */
  gaps: number;
  /** Where the next page begins; null at the end. */
  next: string | null;
}

export const COVERAGE_PAGE = 100;

/** Which categories have an icon that may be shown, and what the others lack. Archived ones don't count. */
export async function iconCoverage(actor: Actor, search: CoverageSearch): Promise<Coverage> {
  assertCan(actor, "catalog:read");
  const tree = await categoryTree();
  const told = await coverageStates(tree, search.days);
  const branches = tree.roots
    .filter(({ isActive }) => isActive)
    .map((root) => {
      const within = countStates([root], told);
      return { id: root.id, name: root.name, path: root.path, categories: total(within), counts: within };
    });
  const counts = countStates(tree.roots, told);
  const wanted = [...wantedLines(tree, told, search)];
  const start = search.after === undefined ? 0 : wanted.findIndex(({ id }) => id === search.after) + 1;
  const rows = wanted.slice(start, start + COVERAGE_PAGE);
  return {
    categories: total(counts),
    counts,
    branches,
    rows,
    total: wanted.length,
    gaps: wanted.filter(({ state }) => mendedBy(search).includes(state)).length,
    next: start + rows.length < wanted.length ? (rows.at(-1)?.id ?? null) : null,
  };
}

/**
 * The categories to be filled, in the order of the tree: all that lack an icon, or those of one state that a new picture
 * would mend.
 */
export async function listGaps(
  actor: Actor,
  search: Pick<CoverageSearch, "state" | "branch" | "days">,
): Promise<string[]> {
  assertCan(actor, "catalog:read");
  const tree = await categoryTree();
  const told = await coverageStates(tree, search.days);
  const mended = mendedBy(search);
  return [...wantedLines(tree, told, search)].filter(({ state }) => mended.includes(state)).map(({ id }) => id);
}

function mendedBy({ state }: Pick<CoverageSearch, "state">): readonly CoverageState[] {
  return state === "stale" ? [state] : GAPS;
}

/** How many categories are in which state: all, or one and those below it. */
export async function coverageCounts(actor: Actor, branch: string | undefined): Promise<CoverageCounts> {
  assertCan(actor, "catalog:read");
  const tree = await categoryTree();
  return countStates(rootsOf(tree, branch), await coverageStates(tree, undefined));
}

const DAY_MS = 86_400_000;

interface Told {
  stateOf(id: string): CoverageState;
  iconOf(id: string): string | null;
}

/** A few queries, however many categories there are. */
async function coverageStates(tree: CategoryTree, days: number | undefined): Promise<Told> {
  const [icons, made, renamed, old] = await Promise.all([
    selectCategoryIcons(),
    selectBeingMade(),
    selectRenamedSinceIcon(),
    days === undefined ? [] : selectIconsMadeBefore(new Date(Date.now() - days * DAY_MS)),
  ]);
  const iconsOf = new Map(icons.map((row) => [row.categoryId, row]));
  const isMade = new Set(made);
  const isStale = new Set([...renamed, ...old]);
  return {
    stateOf: (id) => stateOf(iconsOf.get(id), isMade.has(id), isStale.has(id)),
    iconOf: (id) => (tree.byId.has(id) ? (iconsOf.get(id)?.activeId ?? null) : null),
  };
}

function stateOf(icons: CategoryIcons | undefined, isMade: boolean, isStale: boolean): CoverageState {
  if (icons?.activeId) {
    if (icons.activeMissing) return isMade ? "making" : "missing";
    return isStale ? "stale" : "covered";
  }
  if (isMade) return "making";
  if (icons && icons.pending > 0) return "review";
  if (icons && icons.others > 0) return "unused";
  return icons && icons.rejected > 0 ? "rejected" : "none";
}

function* wantedLines(
  tree: CategoryTree,
  told: Told,
  { state, branch }: Pick<CoverageSearch, "state" | "branch">,
): Generator<CoverageLine> {
  for (const root of rootsOf(tree, branch)) {
    for (const node of walk(root)) {
      const found = told.stateOf(node.id);
      const isWanted = state === undefined ? found !== "covered" : found === state;
      if (isWanted) yield line(tree, node, found, told.iconOf(node.id));
    }
  }
}

function line(tree: CategoryTree, node: CategoryNode, state: CoverageState, iconId: string | null): CoverageLine {
  const above: string[] = [];
  for (let at = node.parentId; at !== null; ) {
    const parent = tree.byId.get(at);
    if (!parent) break;
    above.unshift(parent.name);
    at = parent.parentId;
  }
  return { id: node.id, name: node.name, path: node.path, above, state, iconId };
}

/** It and all below, in the order of the tree; what is archived is left out with all below it. */
function* walk(root: CategoryNode): Generator<CategoryNode> {
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!node.isActive) continue;
    yield node;
    for (const child of node.children.toReversed()) stack.push(child);
  }
}

function rootsOf(tree: CategoryTree, branch: string | undefined): readonly CategoryNode[] {
  if (branch === undefined) return tree.roots;
  const top = tree.byId.get(branch);
  return top ? [top] : [];
}

function countStates(roots: readonly CategoryNode[], told: Told): CoverageCounts {
  // A key for each state.
  const counts = Object.fromEntries(COVERAGE_STATES.map((state) => [state, 0])) as CoverageCounts;
  for (const root of roots) for (const { id } of walk(root)) counts[told.stateOf(id)] += 1;
  return counts;
}

const total = (counts: CoverageCounts) => COVERAGE_STATES.reduce((sum, state) => sum + counts[state], 0);
