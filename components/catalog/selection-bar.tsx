"use client";

import { Archive, Download, FolderInput, ListChecks, Pencil, X } from "lucide-react";
import { type ComponentProps, type ComponentType, useState } from "react";
import type { BulkEditProps, FirstDraft } from "@/components/bulk-edit/bulk-edit-dialog";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { formatCount, formatPlural } from "@/lib/format";
import { downloadSelection } from "./download-selection";
import { useSelection } from "./selection";
import { useSelectionKeys } from "./use-selection-keys";

const loadDialog = () => import("@/components/bulk-edit/bulk-edit-dialog").then((module) => module.BulkEditDialog);

/** What can be done with the selected products; it floats over the list's end. */
export function SelectionBar() {
  const selection = useSelection();
  const [Editing, setEditing] = useState<ComponentType<BulkEditProps>>();
  const [first, setFirst] = useState<FirstDraft | null>(null);
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

  useSelectionKeys({
    toggle: (id, isRange) => selection?.toggle(id, isRange),
    isSelected: count > 0 && first === null,
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
  const { isAll, isCapped, isPageTicked, list } = selection;
  const canTickAll = !isAll && isPageTicked && (list.total.count > count || list.total.isCapped);
  return (
    <>
      <section
        data-commands
        aria-label="Selected products"
        className="print:hidden absolute inset-x-3 bottom-11 z-20 mx-auto flex w-fit max-w-[calc(100%-1.5rem)] flex-wrap items-center gap-1.5 rounded-lg border border-accent-line bg-panel px-2.5 py-1.5 shadow-float"
      >
        <span className="tabular px-1 font-semibold" aria-live="polite">
          {formatCount(count)}
          {isCapped && "+"} selected
        </span>
        {canTickAll && (
          <Button variant="ghost" size="small" onClick={selection.tickAll}>
            <ListChecks aria-hidden />
            All {formatCount(list.total.count)}
            {list.total.isCapped && "+"} matching
          </Button>
        )}
        <Button
          variant="ghost"
          size="small"
          onClick={selection.clear}
          aria-label={`Unselect ${formatPlural(count, "product")}`}
        >
          <X aria-hidden />
          <span className="max-sm:hidden">
            <Kbd>Esc</Kbd>
          </span>
        </Button>
        <span className="mx-1 h-5 border-l max-sm:hidden" />
        <BarButton icon={Pencil} keyName="E" variant="primary" onClick={() => open("field")}>
          Edit
        </BarButton>
        <BarButton icon={FolderInput} keyName="M" onClick={() => open("move")}>
          Move
        </BarButton>
        <BarButton keyName="S" onClick={() => open("status")}>
          Status
        </BarButton>
        <BarButton icon={Download} keyName="C" onClick={exportSelected} aria-disabled={isExporting}>
          {isExporting ? "Exporting…" : "Export"}
        </BarButton>
        <BarButton icon={Archive} keyName="H" onClick={() => open("archive")}>
          Archive
        </BarButton>
      </section>
      {Editing && first && (
        <Editing
          first={first}
          selection={selection.choice}
          count={count}
          isCapped={isCapped}
          onClose={() => setFirst(null)}
          onPlanned={selection.clear}
        />
      )}
    </>
  );
}

type BarButtonProps = ComponentProps<typeof Button> & {
  icon?: ComponentType<{ "aria-hidden": true }>;
  keyName: string;
};

function BarButton({ icon: Icon, keyName, children, ...props }: BarButtonProps) {
  return (
    <Button onPointerEnter={() => void loadDialog()} onFocus={() => void loadDialog()} {...props}>
      {Icon && <Icon aria-hidden />}
      {children}
      <span className="max-sm:hidden">
        <Kbd>{keyName}</Kbd>
      </span>
    </Button>
  );
}
