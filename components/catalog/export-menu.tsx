"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";

export type ExportMenuProps = {
  /** The list's query without its page, and its category as exports name it. */
  list: { query: string; category: string | null };
  /** The columns shown, as the address has them. */
  columns: string;
  /** The file that an import reads back; for those who may import. */
  feedHref: string | null;
};

const load = () => import("./export-popover").then((module) => module.ExportPopover);

export function ExportMenu(props: ExportMenuProps) {
  return (
    <OnIntent load={load} opens="menu" props={props}>
      <Button>
        <Download aria-hidden />
        Export
      </Button>
    </OnIntent>
  );
}
