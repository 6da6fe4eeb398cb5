/** Tells whoever shows a row, or figures of all rows, that they have changed. */
export class RowNews {
  readonly #versions = new Map<string, number>();
  readonly #rowListeners = new Map<string, Set<() => void>>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  get version() {
    return this.#version;
  }

  rowVersion(id: string) {
    return this.#versions.get(id) ?? 0;
  }

  subscribe(listener: () => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  subscribeRow(id: string, listener: () => void) {
    const of = this.#rowListeners.get(id) ?? new Set();
    this.#rowListeners.set(id, of.add(listener));
    return () => {
      of.delete(listener);
      if (of.size === 0) this.#rowListeners.delete(id);
    };
  }

  protected tell(ids: ReadonlySet<string>) {
    this.#version++;
    for (const id of ids) {
      this.#versions.set(id, this.rowVersion(id) + 1);
      for (const listener of this.#rowListeners.get(id) ?? []) listener();
    }
    for (const listener of this.#listeners) listener();
  }
}
