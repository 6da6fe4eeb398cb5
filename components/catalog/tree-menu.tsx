"use client";

import { Archive, ArchiveRestore, FolderInput, FolderPlus, Merge, PencilLine, SquarePen } from "lucide-react";
import Link from "next/link";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/dropdown-menu";
import { Kbd } from "@/components/ui/kbd";
import type { CategoryCommand } from "./category-command";
import type { CategoryRow } from "./tree-state";

export interface TreeMenuProps {
  row: CategoryRow;
  /** Where it opens, in the window. */
  at: { x: number; y: number };
  onAsk: (command: CategoryCommand) => void;
  onClose: () => void;
  /** Once it is gone and the focus is free. */
  onClosed: () => void;
}

/** What can be done with a line of the tree. */
export function TreeMenu({ row, at, onAsk, onClose, onClosed }: TreeMenuProps) {
  const category = { id: row.line.id, name: row.line.name, path: row.path };
  const isArchived = row.line.isArchived === true;
  return (
    <Menu open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <MenuTrigger asChild>
        <span aria-hidden className="fixed size-0" style={{ left: at.x, top: at.y }} />
      </MenuTrigger>
      <MenuContent
        align="start"
        aria-label={`${category.name}: commands`}
        className="min-w-56"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          onClosed();
        }}
      >
        <MenuItem onSelect={() => onAsk({ kind: "create", parent: category })}>
          <FolderPlus aria-hidden />
          New category below
          <Keys keys={["Shift", "N"]} />
        </MenuItem>
        <MenuItem onSelect={() => onAsk({ kind: "rename", category })}>
          <PencilLine aria-hidden />
          Rename
          <Keys keys={["F2"]} />
        </MenuItem>
        <MenuItem onSelect={() => onAsk({ kind: "move", category })}>
          <FolderInput aria-hidden />
          Move to…
          <Keys keys={["Shift", "M"]} />
        </MenuItem>
        <MenuItem onSelect={() => onAsk({ kind: "merge", category })}>
          <Merge aria-hidden />
          Merge into…
        </MenuItem>
        <MenuItem asChild>
          <Link href={`/categories/${category.id}`} prefetch={false}>
            <SquarePen aria-hidden />
            Edit category
          </Link>
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => onAsk({ kind: isArchived ? "restore" : "archive", category })}>
          {isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          {isArchived ? "Restore" : "Archive"}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

function Keys({ keys }: { keys: string[] }) {
  return (
    <span className="ml-auto flex gap-1 pl-4">
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}
