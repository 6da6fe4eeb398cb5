"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Shelf } from "@/lib/icons/icon-search";
import { useIconAnswers } from "./use-icon-answers";

/** All icons of a shelf as a zip. */
export function ExportShelf({ show, category }: { show: Shelf; category: string | null }) {
  const { pack, isBusy } = useIconAnswers();
  return (
    <Button aria-disabled={isBusy} onClick={() => !isBusy && pack({ show, category })}>
      <Download aria-hidden />
      Export
    </Button>
  );
}
