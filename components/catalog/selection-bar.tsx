"use client";

import dynamic from "next/dynamic";
import { type ComponentType, useState } from "react";
import type { BulkEditProps, FirstDraft } from "@/components/bulk-edit/bulk-edit-dialog";
import type { DeleteProps } from "./delete-dialog";
import { downloadSelection } from "./download-selection";
import { useSelection } from "./selection";
import { useSelectionKeys } from "./use-selection-keys";

const loadDialog = () => import("@/components/bulk-edit/bulk-edit-dialog").then((module) => module.BulkEditDialog);

const loadDelete = () => import("./delete-dialog").then((module) => module.DeleteDialog);

// With something to show meanwhile: without, the list would step aside for it, and the focus be lost.
const SelectionActs = dynamic(() => import("./selection-acts").then((module) => module.SelectionActs), {
  loading: () => null,
});

/** What can be done with the selected products; it floats over the list's end. */
export function SelectionBar({ mayDelete }: { mayDelete: boolean }) {
  const selection = useSelection();
  const [Editing, setEditing] = useState<ComponentType<BulkEditProps>>();
  const [first, setFirst] = useState<FirstDraft | null>(null);
  const [Deleting, setDeleting] = useState<ComponentType<DeleteProps>>();
  const [isExporting, setExporting] = useState(false);
  const count = selection?.count ?? 0;

  async function open(draft: FirstDraft) {
    const Dialog = await loadDialog();
    setEditing(() => Dialog);
    setFirst(draft);
  }

  async function exportSelected() {
    if (!selection || isExporting) return;
    setExporting(true);
    await downloadSelection(selection.choice);
    setExporting(false);
  }

  async function openDelete() {
    const Dialog = await loadDelete();
    setDeleting(() => Dialog);
  }

  useSelectionKeys({
    toggle: (id, isRange) => selection?.toggle(id, isRange),
    isSelected: count > 0 && first === null && !Deleting,
    acts: {
      e: () => open("field"),
      m: () => open("move"),
      s: () => open("status"),
      c: () => void exportSelected(),
      h: () => open("archive"),
      escape: () => selection?.clear(),
    },
  });
  if (!selection || count === 0) return null;
  return (
    <>
      <SelectionActs
        selection={selection}
        isExporting={isExporting}
        open={open}
        exportSelected={exportSelected}
        aim={() => void loadDialog()}
        openDelete={mayDelete ? openDelete : null}
      />
      {Editing && first && (
        <Editing
          first={first}
          selection={selection.choice}
          count={count}
          isCapped={selection.isCapped}
          onClose={() => setFirst(null)}
          onPlanned={selection.clear}
        />
      )}
      {Deleting && (
        <Deleting
          selection={selection.choice}
          count={selection.isCapped ? null : count}
          onClose={() => setDeleting(undefined)}
          onPlanned={selection.clear}
        />
      )}
    </>
  );
}
