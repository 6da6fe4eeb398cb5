"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { requestExportAction } from "@/app/(dashboard)/catalog/export-actions";
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from "@/components/ui/dropdown-menu";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import type { ExportMenuProps } from "./export-menu";

/** The list as a file: what its table shows, or what an import reads back. */
export function ExportPopover({ list, columns, feedHref, trigger, defaultOpen }: IntentProps & ExportMenuProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);

  async function write(format: "csv" | "xlsx") {
    const result = await requestExportAction({ ...list, columns, format }).catch(() => null);
    if (!result?.ok) {
      const words = result?.error.message ?? "The server can't be reached. Nothing was exported; try again.";
      return showToast(words, { tone: "error" });
    }
    const { jobId } = result.data;
    if (jobId === null) {
      const query = new URLSearchParams({ query: list.query, columns, format });
      if (list.category) query.set("category", list.category);
      // A file download: the router has no business here.
      window.location.assign(`/api/products/table?${query}`);
      return;
    }
    return showToast("The worker writes the file: this list is a long one", {
      action: { label: "See it", onClick: () => router.push(`/jobs/${jobId}`) },
    });
  }

  return (
    <Menu open={isOpen} onOpenChange={setOpen}>
      <MenuTrigger asChild>{trigger}</MenuTrigger>
      <MenuContent>
        <MenuLabel>What the table shows, on all its pages</MenuLabel>
        <MenuItem onSelect={() => void write("csv")}>CSV</MenuItem>
        <MenuItem onSelect={() => void write("xlsx")}>Excel</MenuItem>
        {feedHref && (
          <>
            <MenuSeparator />
            <MenuLabel>Every field, as an import reads it back</MenuLabel>
            <MenuItem asChild>
              <a href={feedHref} download>
                Export as a feed
              </a>
            </MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  );
}
