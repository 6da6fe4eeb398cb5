/** One cell's text before and after an edit. */
export interface CellChange {
  id: string;
  column: string;
  before: string;
  after: string;
}

/** Steps that a person can take back. */
const MOST_STEPS = 200;

/** What a person did in the sheet, step by step: undone last first, redone until something new is done. */
export class EditHistory {
  readonly #done: CellChange[][] = [];
  #undone: CellChange[][] = [];

  remember(changes: CellChange[]) {
    if (changes.length === 0) return;
    this.#done.push(changes);
    if (this.#done.length > MOST_STEPS) this.#done.shift();
    this.#undone = [];
  }

  undo(): CellChange[] | null {
    const step = this.#done.pop();
    if (!step) return null;
    this.#undone.push(step);
    return step.map((change) => ({ ...change, before: change.after, after: change.before }));
  }

  redo(): CellChange[] | null {
    const step = this.#undone.pop();
    if (!step) return null;
    this.#done.push(step);
    return step;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }
}
