"use client";

import type { FieldConflict } from "@/lib/catalog/product-changes";
import type { FieldValue } from "@/lib/catalog/product-fields";
import { ChoiceCards } from "./choice-cards";
import { useEditor } from "./editor";
import { focusLine } from "./focus-line";
import type { Line } from "./lines";

/** Somebody was quicker: what was seen, what they saved, what was typed; the person says which stands. */
export function ConflictCards({ line, conflict }: { line: Line; conflict: FieldConflict }) {
  const { dispatch } = useEditor();
  function choose(kind: "drop" | "keep-mine") {
    dispatch({ kind, key: line.key });
    focusLine(line.key);
  }
  const show = (value: FieldValue) => (value === null ? "" : (conflict.names?.[value] ?? line.show(value)));
  return (
    <ChoiceCards
      label={`${line.label}: which value stands?`}
      tone="conflict"
      cards={[
        { title: "You saw", value: show(conflict.from), choose: null },
        {
          title: "Theirs, saved since",
          value: show(conflict.theirs),
          choose: () => choose("drop"),
        },
        {
          title: "Yours, not saved",
          value: show(conflict.yours),
          choose: () => choose("keep-mine"),
          isCurrent: true,
        },
      ]}
    />
  );
}
