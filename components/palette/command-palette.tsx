"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { PaletteProps } from "./palette-place";

export function CommandPalette({ onClose }: PaletteProps) {
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title="Search" />
    </Dialog>
  );
}
