import { basename } from "node:path";
import { v7 as uuid } from "uuid";
import type { StoredIcon } from "../icon-store";
import type { TakenBefore, TakenFile } from "./import-legacy";
import type { LegacyIcon } from "./legacy-icon";
import type { LegacyLine, LegacyOutcome } from "./legacy-report";
import type { CategoryMatch } from "./match-categories";
import type { KnownIcon, LegacyWorld } from "./read-world";

/** What a batch comes to: what is to be written, and what is to be told. */
export interface LegacyWork {
  inserted: NewIcon[];
  /** Rows whose file was missing, with the file. */
  pickedUp: { id: string; stored: StoredIcon | null; categoryId: string | null; legacyCategory: string | null }[];
  /** Rows whose category was unknown, and is known by now. */
  assigned: { id: string; categoryId: string }[];
  /** Rows without a file whose file turned out to be another's. */
  dropped: { id: string; filename: string }[];
  activations: { categoryId: string; iconId: string }[];
  /** Who has which file from now on. */
  taken: { fileHash: string; iconId: string | null; filename: string }[];
  byKey: number;
  byName: number;
  lines: LegacyLine[];
}

export interface NewIcon {
  id: string;
  icon: LegacyIcon;
  filename: string;
  /** Null where the file is missing, and in a dry run. */
  stored: StoredIcon | null;
  isMissing: boolean;
  categoryId: string | null;
  legacyCategory: string | null;
}

interface Batch {
  batch: readonly LegacyIcon[];
  files: ReadonlyMap<string, TakenFile>;
  matches: ReadonlyMap<string, CategoryMatch>;
  world: LegacyWorld;
  before: TakenBefore;
}

/** Decides what becomes of each icon of a batch, in order. */
export function decideLegacy(given: Batch): LegacyWork {
  const work = new Work(given);
  for (const icon of given.batch) work.decide(icon);
  return work.done;
}

class Work {
  readonly done: LegacyWork = {
    ...{ inserted: [], pickedUp: [], assigned: [], dropped: [], activations: [], taken: [], lines: [] },
    ...{ byKey: 0, byName: 0 },
  };
  readonly #given: Batch;
  readonly #hashes: TakenBefore["hashes"];
  readonly #shown: Set<string>;

  constructor(given: Batch) {
    this.#given = given;
    this.#hashes = new Map(given.before.hashes);
    this.#shown = new Set([...given.world.shown, ...given.before.shown]);
  }

  decide(icon: LegacyIcon) {
    const { world, files } = this.#given;
    const row = world.icons.get(icon.legacyId);
    if (row && !row.fileMissing) return this.#known(icon, row);
    const file = files.get(icon.legacyId) ?? { isMissing: true };
    if ("refusal" in file) return this.#tell(icon, "refused", row?.id ?? null, file.refusal);
    if ("isMissing" in file) return this.#missing(icon, row);
    return this.#present(icon, row, file);
  }

  /** It was taken before: what a person made of it since stands. */
  #known(icon: LegacyIcon, row: KnownIcon) {
    const match = this.#matchOf(icon);
    if (row.category) {
      if (match.categoryId === row.category.id) this.#countBy(match.by);
      return this.#tell(icon, "assigned", row.id, null, row.category.name);
    }
    const isOpen = row.legacyCategory !== null && row.status === "inactive";
    if (match.categoryId === null || !isOpen) {
      const reason = match.categoryId === null ? match.reason : "a person took it from its category";
      return this.#tell(icon, "unassigned", row.id, `${reason}.`);
    }
    this.done.assigned.push({ id: row.id, categoryId: match.categoryId });
    this.#assign(icon, row.id, match, row.reviewState !== "rejected");
  }

  #missing(icon: LegacyIcon, row: KnownIcon | undefined) {
    const note = `The store has no file ${icon.filePath}. It is taken once it is there.`;
    if (row) return this.#tell(icon, "missing", row.id, note);
    if (this.#given.world.deleted.has(icon.legacyId)) return this.#deleted(icon);
    const id = uuid();
    const legacyCategory = legacyCategoryOf(icon);
    this.done.inserted.push({
      ...{ id, icon, filename: nameOf(icon), stored: null, isMissing: true, categoryId: null, legacyCategory },
    });
    this.#tell(icon, "missing", id, note);
  }

  #present(icon: LegacyIcon, row: KnownIcon | undefined, file: { stored: StoredIcon | null; fileHash: string }) {
    const same = this.#given.world.byHash.get(file.fileHash);
    const sameNow = same ? { iconId: same.id, filename: same.filename } : this.#hashes.get(file.fileHash);
    if (sameNow) {
      if (row) this.done.dropped.push({ id: row.id, filename: row.filename });
      return this.#tell(icon, "duplicate", sameNow.iconId, `It is the very picture of ${sameNow.filename}.`);
    }
    if (!row && this.#given.world.deleted.has(icon.legacyId)) return this.#deleted(icon);
    const match = this.#matchOf(icon);
    const { categoryId } = match;
    const id = row?.id ?? uuid();
    const place = { categoryId, legacyCategory: categoryId === null ? legacyCategoryOf(icon) : null };
    if (row) this.done.pickedUp.push({ id, stored: file.stored, ...place });
    else this.done.inserted.push({ id, icon, filename: nameOf(icon), stored: file.stored, isMissing: false, ...place });
    const taken = { fileHash: file.fileHash, iconId: file.stored ? id : null, filename: nameOf(icon) };
    this.#hashes.set(file.fileHash, taken);
    this.done.taken.push(taken);
    if (match.categoryId === null) this.#tell(icon, "unassigned", id, `${match.reason}.`);
    else this.#assign(icon, id, match, row?.reviewState !== "rejected");
  }

  #assign(icon: LegacyIcon, iconId: string, match: Extract<CategoryMatch, { categoryId: string }>, mayShow: boolean) {
    this.#countBy(match.by);
    // What is not sure is for a person to show.
    if (mayShow && match.isSure && !this.#shown.has(match.categoryId)) {
      this.#shown.add(match.categoryId);
      this.done.activations.push({ categoryId: match.categoryId, iconId });
    }
    this.#tell(icon, "assigned", iconId, match.note && `${match.note}.`, match.category);
  }

  #deleted(icon: LegacyIcon) {
    const note = "It was taken before and deleted since. Upload its file if it shall come back.";
    this.#tell(icon, "deleted", null, note);
  }

  /** A category that went meanwhile is none. */
  #matchOf({ legacyId }: LegacyIcon): CategoryMatch {
    const match = this.#given.matches.get(legacyId);
    if (match && (match.categoryId === null || this.#given.world.categories.has(match.categoryId))) return match;
    return { categoryId: null, reason: "its category was removed just now" };
  }

  #countBy(by: "key" | "name") {
    if (by === "key") this.done.byKey += 1;
    else this.done.byName += 1;
  }

  #tell(icon: LegacyIcon, outcome: LegacyOutcome, iconId: string | null, note: string | null, category?: string) {
    const told = note && note.charAt(0).toUpperCase() + note.slice(1);
    const { legacyId, categoryName } = icon;
    this.done.lines.push({
      ...{ legacyId, filename: nameOf(icon), outcome, iconId, category: category ?? categoryName, note: told },
    });
  }
}

function nameOf({ filePath, legacyId }: LegacyIcon): string {
  return basename(filePath.replaceAll("\\", "/")) || legacyId;
}

function legacyCategoryOf({ categoryKey, categoryName }: LegacyIcon): string | null {
  return categoryKey ?? categoryName;
}
