"use client";

import { Archive, ArchiveRestore, FolderInput, FolderPlus, Merge, PencilLine } from "lucide-react";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/dropdown-menu";
import type { CategoryMenuItems as Props } from "./category-menu";

export function CategoryMenuItems({ category, isActive, onAsk, trigger, defaultOpen }: Props) {
  return (
    <Menu defaultOpen={defaultOpen}>
      <MenuTrigger asChild>{trigger}</MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={() => onAsk({ kind: "rename", category })}>
          <PencilLine aria-hidden />
          Rename
        </MenuItem>
        <MenuItem onSelect={() => onAsk({ kind: "move", category })}>
          <FolderInput aria-hidden />
          Move to…
        </MenuItem>
        <MenuItem onSelect={() => onAsk({ kind: "merge", category })}>
          <Merge aria-hidden />
          Merge into…
        </MenuItem>
        <MenuItem onSelect={() => onAsk({ kind: "create", parent: category })}>
          <FolderPlus aria-hidden />
          New category below
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => onAsk({ kind: isActive ? "archive" : "restore", category })}>
          {isActive ? <Archive aria-hidden /> : <ArchiveRestore aria-hidden />}
          {isActive ? "Archive" : "Restore"}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
