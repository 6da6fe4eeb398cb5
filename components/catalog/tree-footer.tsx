import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { TreeLines } from "./use-category-tree";

type Props = { lines: TreeLines; onNew?: () => void };

/** Below the tree: a new category, and the archived ones. */
export function TreeFooter({ lines, onNew }: Props) {
  if (!onNew && !lines.hasArchived) return null;
  return (
    <div data-commands className="flex shrink-0 items-center gap-1 px-1.5 pt-1">
      {onNew && (
        <Button variant="ghost" size="small" onClick={onNew}>
          <Plus aria-hidden />
          New category
        </Button>
      )}
      {lines.hasArchived && (
        <Button
          variant="ghost"
          size="small"
          className="ml-auto"
          aria-pressed={lines.showsArchived}
          onClick={lines.toggleArchived}
        >
          {lines.showsArchived ? "Hide archived" : "Show archived"}
        </Button>
      )}
    </div>
  );
}
