"use client";

import { useEffect } from "react";

const BUTTON =
  "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2.5 font-medium border-bg/35 hover:border-bg/60";

type Props = {
  /** The version that saving makes. */
  version: number;
  failure: string | null;
  isSaving: boolean;
  onSave: () => void;
  onDiscard: () => void;
};

/** Stands on top while the mapping is not saved. Ctrl-S saves. */
export function MappingSaveBar({ version, failure, isSaving, onSave, onDiscard }: Props) {
  useEffect(
    function saveOnCtrlS() {
      function onKeyDown(event: KeyboardEvent) {
        if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
        event.preventDefault();
        if (!isSaving) onSave();
      }
      document.addEventListener("keydown", onKeyDown);
      return () => document.removeEventListener("keydown", onKeyDown);
    },
    [isSaving, onSave],
  );
  return (
    <section
      aria-label="Unsaved changes"
      className="sticky top-0 z-20 flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 bg-text px-4 py-1.5 text-bg"
    >
      <p className="min-w-0 flex-1 basis-60">
        <b className="font-semibold">Not saved yet</b>
        <span className="opacity-80"> · saving makes version {version}; runs from then on use it</span>
        {failure && (
          <span role="alert" className="block font-medium">
            {failure}
          </span>
        )}
      </p>
      <button type="button" className={BUTTON} onClick={onDiscard} disabled={isSaving}>
        Discard
      </button>
      <button type="button" className={`${BUTTON} bg-bg text-text`} onClick={onSave} disabled={isSaving}>
        {isSaving ? "Saving…" : "Save"}
        <kbd className="rounded-sm border border-line px-1 text-2xs text-muted max-sm:hidden">Ctrl S</kbd>
      </button>
    </section>
  );
}
