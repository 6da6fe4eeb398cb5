"use client";

import { useEffect } from "react";
import { formatPlural } from "@/lib/format";
import { useEditor } from "./editor";

const BUTTON =
  "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2.5 font-medium border-bg/35 hover:border-bg/60";

/** Appears on top while something is unsaved and names what. Ctrl-S saves. */
export function SaveBar() {
  const { state, lines, isSaving, save, discard, canEdit, isProposing } = useEditor();
  const keys = Object.keys(state.drafts);
  const isDirty = canEdit && keys.length > 0;

  useEffect(
    function saveOnCtrlS() {
      if (!canEdit) return;
      function onKeyDown(event: KeyboardEvent) {
        if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
        event.preventDefault();
        if (isDirty && !isSaving) void save();
      }
      document.addEventListener("keydown", onKeyDown);
      return () => document.removeEventListener("keydown", onKeyDown);
    },
    [canEdit, isDirty, isSaving, save],
  );

  if (!isDirty) return null;
  const names = keys.map((key) => lines.get(key)?.label ?? key.replace("metafield:", ""));
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  return (
    <section
      aria-label="Unsaved changes"
      className="sticky top-0 z-20 flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 bg-text px-4 py-1.5 text-bg"
    >
      <p className="min-w-0 flex-1 basis-60">
        <b className="font-semibold">
          {formatPlural(
            keys.length,
            isProposing ? "change to propose" : "unsaved change",
            isProposing ? "changes to propose" : undefined,
          )}
        </b>
        <span className="opacity-80"> · {shown.join(", ")}</span>
        {state.failure && (
          <span role="alert" className="block font-medium">
            {state.failure}
          </span>
        )}
      </p>
      <button type="button" className={BUTTON} onClick={discard} disabled={isSaving}>
        Discard
      </button>
      <button type="button" className={`${BUTTON} bg-bg text-text`} onClick={() => void save()} disabled={isSaving}>
        {isProposing ? (isSaving ? "Proposing…" : "Propose") : isSaving ? "Saving…" : "Save"}
        <kbd className="rounded-sm border border-line px-1 text-2xs text-muted max-sm:hidden">Ctrl S</kbd>
      </button>
    </section>
  );
}
