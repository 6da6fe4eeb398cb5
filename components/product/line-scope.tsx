"use client";

import { type ReactNode, useMemo } from "react";
import { EditorContext, useEditor } from "./editor";

type Props = { lineKey: string; children: ReactNode };

/**
 * Lets what stands within see of the typing only what concerns one line: with hundreds of lines a key pressed in one
 * draws that one anew and leaves the others alone. Within it nothing saves or discards.
 */
export function LineScope({ lineKey, children }: Props) {
  const { product, canEdit, canManage, isProposing, setProposing, lines, dispatch, state } = useEditor();
  const [draft, error, conflict] = [state.drafts[lineKey], state.errors[lineKey], state.conflicts[lineKey]];
  const scoped = useMemo(
    () => ({
      product,
      ...{ canEdit, canManage, isProposing, setProposing },
      lines,
      dispatch,
      isSaving: false,
      save: notHere,
      discard: notHere,
      state: {
        drafts: draft ? { [lineKey]: draft } : {},
        errors: error === undefined ? {} : { [lineKey]: error },
        conflicts: conflict ? { [lineKey]: conflict } : {},
        failure: null,
      },
    }),
    [product, canEdit, canManage, isProposing, setProposing, lines, dispatch, lineKey, draft, error, conflict],
  );
  return <EditorContext value={scoped}>{children}</EditorContext>;
}

function notHere(): never {
  throw new Error("A line saves nothing by itself");
}
