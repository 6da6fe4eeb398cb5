import type { FieldValue } from "@/lib/catalog/product-fields";
import { textOf } from "./cell-mark";
import type { SheetRow } from "./list-sheet-rows";
import { isSameValue, type SheetColumn } from "./sheet-column";

/** What the catalogue holds, as far as the sheet has read it: its rows in the order of the list. */
export class SheetRows {
  readonly #rows: SheetRow[] = [];
  readonly #indexOf = new Map<string, number>();
  readonly #categories = new Map<string, string>();

  get count() {
    return this.#rows.length;
  }

  at(index: number): SheetRow | undefined {
    return this.#rows[index];
  }

  /** -1 for a row that is not loaded. */
  indexOf(id: string): number {
    return this.#indexOf.get(id) ?? -1;
  }

  get(id: string): SheetRow | undefined {
    return this.#rows[this.indexOf(id)];
  }

  /** Appends those that are not there yet. */
  append(rows: readonly SheetRow[]) {
    for (const row of rows) {
      if (!this.#indexOf.has(row.id)) this.#indexOf.set(row.id, this.#rows.push(row) - 1);
    }
  }

  /** Brings rows of the list up to date; gives the ids of those. */
  update(rows: readonly SheetRow[], categories: Readonly<Record<string, string>>): Set<string> {
    for (const [id, name] of Object.entries(categories)) this.#categories.set(id, name);
    const touched = new Set<string>();
    for (const row of rows) {
      const at = this.#indexOf.get(row.id);
      if (at === undefined) continue;
      this.#rows[at] = row;
      touched.add(row.id);
    }
    return touched;
  }

  value(id: string, column: string): FieldValue {
    return this.get(id)?.cells[column] ?? null;
  }

  /** A cell as one would type it. */
  text(id: string, column: SheetColumn): string {
    return this.textOf(column, this.value(id, column.id));
  }

  textOf(column: SheetColumn, value: FieldValue): string {
    return textOf(column, value, this.#categories);
  }

  setValue(id: string, column: string, value: FieldValue) {
    const at = this.indexOf(id);
    const row = this.#rows[at];
    if (!row || isSameValue(row.cells[column] ?? null, value)) return;
    const name = column === "name" ? String(value ?? "") : row.name;
    this.#rows[at] = { ...row, name, cells: { ...row.cells, [column]: value } };
  }
}
