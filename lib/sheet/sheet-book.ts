import type { FieldValue } from "@/lib/catalog/product-fields";
import { isOpen, type Mark, markOf, saysSame } from "./cell-mark";
import { type CellChange, EditHistory } from "./edit-history";
import type { SheetRow } from "./list-sheet-rows";
import { RowNews } from "./row-news";
import { isSameValue, type SheetColumn } from "./sheet-column";
import type { CellEdit, CellOutcome } from "./sheet-input";
import { SheetRows } from "./sheet-rows";

export interface CellAt {
  id: string;
  column: string;
}

/** Something typed that is kept until it is saved, also over a reload. */
export interface SheetDraft extends CellAt {
  sku: string;
  name: string;
  label: string;
  from: FieldValue;
  typed: string;
}

type Counts = Record<Mark["state"], number>;

const KEY_SPLIT = "\n";

/**
 * The sheet's rows with what a person has typed over them: nothing typed is dropped before the catalogue holds it or
 * the person takes it back. Knows no network and no screen; whoever shows a row hears of its changes.
 */
export class SheetBook extends RowNews {
  readonly columns: readonly SheetColumn[];
  readonly #columnOf: ReadonlyMap<string, SheetColumn>;
  readonly #rows = new SheetRows();
  readonly #marks = new Map<string, Mark>();
  /** Of drafts from before, whose rows may not be loaded. */
  readonly #known = new Map<string, Pick<SheetDraft, "sku" | "name" | "label">>();
  readonly #history = new EditHistory();
  /** The cell with an open editor, as it stood when that began: what comes in below it is not seen. */
  #opened: { key: string; text: string; value: FieldValue } | null = null;
  #counted: { version: number; counts: Counts } | null = null;

  constructor(columns: readonly SheetColumn[]) {
    super();
    this.columns = columns;
    this.#columnOf = new Map(columns.map((column) => [column.id, column]));
  }

  get rowCount() {
    return this.#rows.count;
  }

  rowAt(index: number): SheetRow | undefined {
    return this.#rows.at(index);
  }

  indexOf(id: string): number {
    return this.#rows.indexOf(id);
  }

  /** Appends a window of the list; rows that are there already are brought up to date. */
  addRows(rows: readonly SheetRow[], categories: Readonly<Record<string, string>>) {
    this.#rows.append(rows);
    this.refresh(rows, categories);
  }

  /** Brings rows up to date, those of the list alone: what was typed over them stays. */
  refresh(rows: readonly SheetRow[], categories: Readonly<Record<string, string>>) {
    const touched = this.#rows.update(rows, categories);
    for (const id of touched) for (const column of this.columns) this.#reconsider(id, column);
    this.tell(touched);
  }

  /** What was typed into a cell, held against the value that the catalogue holds by now. */
  #reconsider(id: string, column: SheetColumn) {
    const key = keyOf(id, column.id);
    const mark = this.#marks.get(key);
    if (!mark || mark.state === "saving") return;
    if (mark.state === "saved") {
      if (!isSameValue(mark.from, this.#rows.value(id, column.id))) this.#marks.delete(key);
      return;
    }
    this.#put(key, markOf(column, mark, this.#rows.value(id, column.id), this.#rows.text(id, column)));
  }

  column(id: string): SheetColumn | undefined {
    return this.#columnOf.get(id);
  }

  mark(id: string, column: string): Mark | undefined {
    return this.#marks.get(keyOf(id, column));
  }

  value(id: string, column: string): FieldValue {
    return this.#rows.value(id, column);
  }

  /** What stands in the cell, as one would type it. */
  text(id: string, column: string): string {
    const mark = this.mark(id, column);
    if (isOpen(mark)) return mark.typed;
    const of = this.#columnOf.get(column);
    return of ? this.#rows.text(id, of) : "";
  }

  textOfValue(column: string, value: FieldValue): string {
    const of = this.#columnOf.get(column);
    return of ? this.#rows.textOf(of, value) : String(value ?? "");
  }

  /** An editor opens over a cell: what is typed into it is held against what stood there then. */
  open(id: string, column: string) {
    this.#opened = { key: keyOf(id, column), text: this.text(id, column), value: this.value(id, column) };
  }

  close() {
    this.#opened = null;
  }

  #openedAt(id: string, column: string) {
    return this.#opened?.key === keyOf(id, column) ? this.#opened : null;
  }

  /** Types into cells, as one step that can be undone. Columns that are only read are passed over. */
  type(edits: readonly (CellAt & { typed: string })[]): number {
    const changes: CellChange[] = [];
    for (const { id, column, typed } of edits) {
      const of = this.#columnOf.get(column);
      if (!of || of.kind === "read-only") continue;
      const before = this.text(id, column);
      // Left as it was found, an editor says nothing against what came in meanwhile.
      if (this.#openedAt(id, column)?.text === typed) continue;
      if (before !== typed) changes.push({ id, column, before, after: typed });
    }
    this.#history.remember(changes);
    this.#apply(changes);
    return changes.length;
  }

  /** @returns the cells touched; null when there is nothing to undo */
  undo(): CellAt[] | null {
    return this.#apply(this.#history.undo());
  }

  redo(): CellAt[] | null {
    return this.#apply(this.#history.redo());
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  #apply(changes: CellChange[] | null): CellAt[] | null {
    if (!changes) return null;
    for (const change of changes) this.#typeInto(change);
    this.tell(new Set(changes.map(({ id }) => id)));
    return changes;
  }

  #typeInto({ id, column, before, after: typed }: CellChange) {
    const of = this.#columnOf.get(column);
    if (!of) return;
    const key = keyOf(id, column);
    const mark = this.#marks.get(key);
    if (mark?.state === "saving") {
      this.#marks.set(key, { ...mark, typed });
      return;
    }
    const base = this.#rows.value(id, column);
    const shown = this.#rows.text(id, of);
    const isMine = mark?.typed === before || saysSame(of, before, base, shown);
    const opened = this.#openedAt(id, column);
    // Taken back after somebody else has changed it: their value is not what this person left there.
    const left = isOpen(mark) ? mark.from : opened ? opened.value : isMine ? base : before;
    this.#put(key, markOf(of, { typed, from: left }, base, shown));
  }

  /** Mine shall stand, now that theirs has been seen. */
  keepMine(cells: readonly CellAt[]) {
    for (const { id, column } of cells) {
      const mark = this.mark(id, column);
      if (mark?.state !== "conflict") continue;
      const { typed, theirs = null } = mark;
      this.#marks.set(keyOf(id, column), { state: "pending", typed, from: theirs });
    }
    this.tell(new Set(cells.map(({ id }) => id)));
  }

  /** Back to what the catalogue holds: theirs is taken, or what was typed is dropped. */
  takeTheirs(cells: readonly CellAt[]) {
    for (const { id, column } of cells) {
      const mark = this.mark(id, column);
      if (isOpen(mark) && mark.state !== "saving") this.#marks.delete(keyOf(id, column));
    }
    this.tell(new Set(cells.map(({ id }) => id)));
  }

  /** All that waits to go out, from now on under way. */
  takePending(most: number): CellEdit[] {
    const cells: CellEdit[] = [];
    for (const [key, mark] of this.#marks) {
      if (mark.state !== "pending") continue;
      if (cells.length === most) break;
      const { id, column } = cellOf(key);
      cells.push({ id, column: column as CellEdit["column"], from: mark.from, typed: mark.typed }); // ids of our columns
      this.#marks.set(key, { ...mark, state: "saving", sent: mark.typed });
    }
    if (cells.length > 0) this.tell(new Set(cells.map(({ id }) => id)));
    return cells;
  }

  settle(sent: readonly CellEdit[], outcomes: readonly CellOutcome[]) {
    for (const [at, cell] of sent.entries()) {
      const outcome = outcomes[at];
      if (outcome && outcome.outcome !== "queued") this.#settleCell(cell, outcome);
    }
    this.tell(new Set(sent.map(({ id }) => id)));
  }

  #settleCell({ id, column }: CellEdit, outcome: Exclude<CellOutcome, { outcome: "queued" }>) {
    const key = keyOf(id, column);
    const mark = this.#marks.get(key);
    const of = this.#columnOf.get(column);
    if (!mark || !of) return;
    const { typed, from } = mark;
    const isNewer = typed !== mark.sent;
    if (outcome.outcome === "saved") {
      this.#rows.setValue(id, column, outcome.value);
      const saved: Mark = { state: "saved", typed, from: outcome.value };
      if (isNewer) this.#put(key, markOf(of, { typed, from: outcome.value }, outcome.value, this.#rows.text(id, of)));
      else this.#marks.set(key, saved);
    } else if (outcome.outcome === "conflict") {
      this.#rows.setValue(id, column, outcome.theirs);
      this.#marks.set(key, { state: "conflict", typed, from, theirs: outcome.theirs });
    } else if (isNewer) {
      this.#put(key, markOf(of, { typed, from }, this.#rows.value(id, column), this.#rows.text(id, of)));
    } else this.#marks.set(key, { state: "invalid", typed, from, reason: outcome.reason });
  }

  /** A run has written what was queued: told by what the products hold now. */
  settleRun(
    queued: readonly { cell: CellEdit; value: FieldValue }[],
    present: (cell: CellAt) => FieldValue,
    left: string,
  ) {
    const lost: CellEdit[] = [];
    for (const { cell, value } of queued) {
      const base = present(cell);
      if (isSameValue(base, value)) this.#settleCell(cell, { outcome: "saved", value: base });
      else if (isSameValue(base, cell.from)) lost.push(cell);
      else this.#settleCell(cell, { outcome: "conflict", theirs: base, mine: value });
    }
    this.tell(new Set(queued.map(({ cell }) => cell.id)));
    this.fail(lost, left);
  }

  /** They did not get through: they wait for another try. */
  fail(sent: readonly CellAt[], reason: string) {
    for (const { id, column } of sent) {
      const mark = this.mark(id, column);
      if (mark?.state !== "saving") continue;
      this.#marks.set(keyOf(id, column), { state: "unsaved", typed: mark.typed, from: mark.from, reason });
    }
    this.tell(new Set(sent.map(({ id }) => id)));
  }

  /** What failed goes out again. */
  retry() {
    const touched = new Set<string>();
    for (const [key, mark] of this.#marks) {
      if (mark.state !== "unsaved") continue;
      this.#marks.set(key, { state: "pending", typed: mark.typed, from: mark.from });
      touched.add(cellOf(key).id);
    }
    this.tell(touched);
  }

  /** All that is not saved yet; with the letters of an editor that is still `open`. */
  drafts(open: (CellAt & { typed: string }) | null = null): SheetDraft[] {
    const cells = this.openCells().map(({ id, column }) => this.#draft(id, column, this.mark(id, column)));
    if (!open) return cells;
    const { id: at, column: of } = open;
    const { text, value } = this.#openedAt(at, of) ?? { text: this.text(at, of), value: this.value(at, of) };
    if (open.typed === text) return cells;
    const from = this.mark(at, of)?.from ?? value;
    const others = cells.filter(({ id, column }) => id !== open.id || column !== open.column);
    return [...others, this.#draft(open.id, open.column, { typed: open.typed, from })];
  }

  #draft(id: string, column: string, mark: Pick<Mark, "typed" | "from"> | undefined): SheetDraft {
    const row = this.#rows.get(id) ?? this.#known.get(keyOf(id, column));
    const { typed = "", from = null } = mark ?? {};
    const label = this.#columnOf.get(column)?.label ?? column;
    return { id, column, sku: row?.sku ?? "", name: row?.name ?? "", label, from, typed };
  }

  /** Puts back what was typed before; where the catalogue says so by now nothing is left to do. */
  restore(drafts: readonly SheetDraft[], reason: string) {
    for (const { id, column, from, typed, sku, name, label } of drafts) {
      const key = keyOf(id, column);
      const of = this.#columnOf.get(column);
      if (!of || isOpen(this.#marks.get(key))) continue;
      this.#known.set(key, { sku, name, label });
      this.#marks.set(key, { state: "unsaved", typed, from, reason });
      if (this.indexOf(id) >= 0) this.#reconsider(id, of);
    }
    this.tell(new Set(drafts.map(({ id }) => id)));
  }

  /** Whether the catalogue says by now what was typed there; false where the row is not loaded. */
  holds({ id, column, typed }: SheetDraft): boolean {
    const of = this.#columnOf.get(column);
    return (
      of !== undefined &&
      this.indexOf(id) >= 0 &&
      saysSame(of, typed, this.#rows.value(id, column), this.#rows.text(id, of))
    );
  }

  /** Cells that hold what the catalogue does not, those of rows in the sheet's order first. */
  openCells(states?: readonly Mark["state"][]): CellAt[] {
    const cells: CellAt[] = [];
    for (const [key, mark] of this.#marks) {
      if (isOpen(mark) && (!states || states.includes(mark.state))) cells.push(cellOf(key));
    }
    return cells;
  }

  /** How many cells hold what the catalogue does not. */
  get openCount(): number {
    const { saved, ...open } = this.counts();
    return Object.values(open).reduce((sum, count) => sum + count, 0);
  }

  /** Counted once for each change: screens ask at every key. */
  counts(): Counts {
    if (this.#counted?.version === this.version) return this.#counted.counts;
    const counts: Counts = { pending: 0, saving: 0, saved: 0, invalid: 0, conflict: 0, unsaved: 0 };
    for (const mark of this.#marks.values()) counts[mark.state]++;
    this.#counted = { version: this.version, counts };
    return counts;
  }

  #put(key: string, mark: Mark | null) {
    if (mark) this.#marks.set(key, mark);
    else this.#marks.delete(key);
  }
}

function keyOf(id: string, column: string) {
  return `${id}${KEY_SPLIT}${column}`;
}

function cellOf(key: string): CellAt {
  const at = key.indexOf(KEY_SPLIT);
  return { id: key.slice(0, at), column: key.slice(at + 1) };
}
