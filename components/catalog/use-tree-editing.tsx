"use client";

import { type ComponentType, type KeyboardEvent, useCallback, useRef, useState } from "react";
import type { CategoryCommand, CommandedCategory } from "./category-command";
import type { TreeDragWays } from "./tree-drag";
import type { TreeMenuProps } from "./tree-menu";
import { type CategoryRow, dropAt, siblingOf, type TreeDrop } from "./tree-state";
import { useCategoryCommands } from "./use-category-commands";
import { type TreeLines, treeMemory } from "./use-category-tree";

type Drags = typeof import("./tree-drag");
type Options = { lines: TreeLines; rowHeight: number; mayEdit: boolean };

/** Menu, keys and dragging of the tree's lines; the code comes when a pointer does. */
export function useTreeEditing({ lines, rowHeight, mayEdit }: Options) {
  const { rows } = lines;
  const [drags, setDrags] = useState<Drags>();
  const [drop, setDrop] = useState<TreeDrop | null>(null);
  const [menu, setMenu] = useState<{ Menu: ComponentType<TreeMenuProps>; row: CategoryRow; at: TreeMenuProps["at"] }>();
  const { ask, carryOut, dialog } = useCategoryCommands(async (changed) => {
    treeMemory.followId = changed && !changed.isQueued ? changed.id : null;
    const parent = changed && wayTo(changed.path);
    await lines.reload(parent ? [parent] : []);
  });

  /** The line at the address above `path`, which is to be unfolded for it to be seen. */
  function wayTo(path: string) {
    const above = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    const row = rows.find((one) => one.kind === "category" && one.path === above);
    return row?.kind === "category" ? row.line.id : null;
  }

  async function getReady() {
    if (mayEdit && !drags) setDrags(await import("./tree-drag"));
  }

  const opener = useRef<Element>(null);
  const chosen = useRef<CategoryCommand>(null);

  async function openMenu(row: CategoryRow, at: TreeMenuProps["at"]) {
    opener.current = document.activeElement?.closest("[role=treeitem]") ?? null;
    const { TreeMenu } = await import("./tree-menu");
    setMenu({ Menu: TreeMenu, row, at });
  }

  /** The line has the focus again before a dialog takes it, so that the dialog gives it back there. */
  function afterMenu() {
    if (opener.current instanceof HTMLElement) opener.current.focus();
    if (chosen.current) void ask(chosen.current);
    chosen.current = null;
  }

  function place(row: CategoryRow, parentId: string | null, beforeId: string | null | undefined) {
    const parent = rows.find((one): one is CategoryRow => one.kind === "category" && one.line.id === parentId);
    if (parentId === row.parentId && beforeId !== undefined) {
      const operation = { kind: "move", id: row.line.id, parentId, beforeId } as const;
      return void carryOut(operation, row.line.name, row.path);
    }
    void ask({
      kind: "move",
      category: toCommanded(row),
      to: { parent: parent ? toCommanded(parent) : null, beforeId },
    });
  }

  /** False when the key means nothing here. */
  function press(event: KeyboardEvent, row: CategoryRow): boolean {
    if (!mayEdit || event.ctrlKey || event.metaKey) return false;
    const category = toCommanded(row);
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const other = siblingOf(rows, row, event.key === "ArrowUp" ? -1 : 1);
      const beforeId = event.key === "ArrowUp" ? other?.line.id : (siblingOf(rows, row, 2)?.line.id ?? null);
      if (other) place(row, row.parentId, beforeId);
      return true;
    }
    if (event.altKey) return false;
    const command = KEYS[`${event.shiftKey ? "Shift " : ""}${event.key}`]?.(category);
    if (command) void ask(command);
    return command !== undefined;
  }

  const ways = useRef<TreeDragWays>(null);
  ways.current = {
    rowAt: (index) => asCategory(rows[index]),
    dropAt: (moved, y) => dropAt(rows, moved, Math.floor(y / rowHeight), (y % rowHeight) / rowHeight),
    show: (next) => setDrop((before) => (before?.index === next?.index && before?.zone === next?.zone ? before : next)),
    unfold: (row) => void lines.unfold(row.line),
    drop: (moved, { parentId, beforeId }) => place(moved, parentId, beforeId),
  };
  const current = useCallback(() => ways.current as TreeDragWays, []); // set in every rendering
  const takeDrags = useCallback(
    (element: HTMLElement | null) => (element && drags ? drags.dragLine(element, current) : undefined),
    [drags, current],
  );
  const takeDrops = useCallback(
    (element: HTMLElement | null) => (element && drags ? drags.dropOnTree(element, current) : undefined),
    [drags, current],
  );

  return {
    press,
    getReady,
    openMenu,
    ask,
    takeDrags: drags ? takeDrags : undefined,
    takeDrops,
    marker: drop && <DropMarker drop={drop} rowHeight={rowHeight} />,
    floating: (
      <>
        {dialog}
        {menu && (
          <menu.Menu
            row={menu.row}
            at={menu.at}
            onAsk={(asked) => {
              chosen.current = asked;
            }}
            onClose={() => setMenu(undefined)}
            onClosed={afterMenu}
          />
        )}
      </>
    ),
  };
}

/** Letters alone find a line by its name, so commands of one letter go with Shift. */
const KEYS: Record<string, (category: CommandedCategory) => CategoryCommand> = {
  F2: (category) => ({ kind: "rename", category }),
  "Shift M": (category) => ({ kind: "move", category }),
  "Shift N": (category) => ({ kind: "create", parent: category }),
};

function toCommanded({ line, path }: CategoryRow): CommandedCategory {
  return { id: line.id, name: line.name, path };
}

function asCategory(row: TreeLines["rows"][number] | undefined) {
  return row?.kind === "category" ? row : null;
}

const INDENT = 14;

/** Where a dragged line would come to stand. */
function DropMarker({ drop, rowHeight }: { drop: TreeDrop; rowHeight: number }) {
  const top = drop.index * rowHeight;
  if (drop.zone === "into") {
    return <div aria-hidden className="tree-drop rounded-md border-2" style={{ top, height: rowHeight, left: 0 }} />;
  }
  const at = drop.zone === "before" ? top : top + rowHeight;
  return (
    <div aria-hidden className="tree-drop border-t-2" style={{ top: at - 1, left: 22 + drop.row.level * INDENT }} />
  );
}
