"use client";

import { Archive, Download, FolderInput, ListChecks, Pencil, Trash2, X } from "lucide-react";
import type { ComponentProps, ComponentType } from "react";
import type { FirstDraft } from "@/components/bulk-edit/bulk-edit-dialog";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { formatCount, formatPlural } from "@/lib/format";
import type { useSelection } from "./selection";

type Props = {
  selection: NonNullable<ReturnType<typeof useSelection>>;
  isExporting: boolean;
  open: (draft: FirstDraft) => Promise<void>;
  exportSelected: () => Promise<void>;
  /** Somebody is about to open one of the dialogs. */
  aim: () => void;
  /** Opens the dialog of a deletion; null for whoever may not. */
  openDelete: (() => Promise<void>) | null;
};

/** The count of what is selected and the buttons; fetched with the first tick. */
export function SelectionActs({ selection, isExporting, open, exportSelected, aim, openDelete }: Props) {
  const { count, isAll, isCapped, isPageTicked, list } = selection;
  const canTickAll = !isAll && isPageTicked && (list.total.count > count || list.total.isCapped);
  return (
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
      <BarButton aim={aim} icon={Pencil} keyName="E" variant="primary" onClick={() => open("field")}>
        Edit
      </BarButton>
      <BarButton aim={aim} icon={FolderInput} keyName="M" onClick={() => open("move")}>
        Move
      </BarButton>
      <BarButton aim={aim} keyName="S" onClick={() => open("status")}>
        Status
      </BarButton>
      <BarButton aim={aim} icon={Download} keyName="C" onClick={exportSelected} aria-disabled={isExporting}>
        {isExporting ? "Exporting…" : "Export"}
      </BarButton>
      <BarButton aim={aim} icon={Archive} keyName="H" onClick={() => open("archive")}>
        Archive
      </BarButton>
      {openDelete && (
        <Button variant="ghost" onClick={openDelete} aria-haspopup="dialog">
          <Trash2 aria-hidden />
          Delete for good…
        </Button>
      )}
    </section>
  );
}

type BarButtonProps = ComponentProps<typeof Button> & {
  icon?: ComponentType<{ "aria-hidden": true }>;
  keyName: string;
  aim: () => void;
};

function BarButton({ icon: Icon, keyName, aim, children, ...props }: BarButtonProps) {
  return (
    <Button onPointerEnter={aim} onFocus={aim} {...props}>
      {Icon && <Icon aria-hidden />}
      {children}
      <span className="max-sm:hidden">
        <Kbd>{keyName}</Kbd>
      </span>
    </Button>
  );
}
