"use client";

import { Fragment } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { GO_TO } from "./keyboard";
import type { PaletteProps } from "./palette-place";

const GROUPS: { title: string; shortcuts: [string[], string][] }[] = [
  {
    title: "Everywhere",
    shortcuts: [
      [["Ctrl", "K"], "Search and commands"],
      [["/"], "Search this page"],
      [["?"], "These shortcuts"],
      [["Esc"], "Close, or back"],
    ],
  },
  {
    title: "Go to",
    shortcuts: Object.entries(GO_TO).map(([key, { label }]) => [["G", key.toUpperCase()], label]),
  },
  {
    title: "Lists",
    shortcuts: [
      [["J"], "Next row"],
      [["K"], "Row before"],
      [["Enter"], "Open the row"],
    ],
  },
  {
    title: "The catalogue's list",
    shortcuts: [
      [["Space"], "Open the product beside the list; a click does too"],
      [["J", "K"], "Walk on, with it open"],
      [["Enter"], "Its page; a second click does too"],
      [["Esc"], "Close it"],
      [["F"], "Filters"],
      [["V"], "Views"],
    ],
  },
  {
    title: "Selected products",
    shortcuts: [
      [["X"], "Select the row; Shift+X all since the last"],
      [["E"], "Edit them"],
      [["M"], "Move them"],
      [["S"], "Set their status"],
      [["C"], "Export them"],
      [["H"], "Archive them"],
      [["Esc"], "Unselect"],
    ],
  },
  {
    title: "The sheet",
    shortcuts: [
      [["F2"], "Edit the cell; Alt+Enter for a new line in it"],
      [["Shift", "↓"], "Select further"],
      [["Ctrl", "D"], "Fill down; Ctrl+R to the right"],
      [["Ctrl", "Z"], "Undo; Ctrl+Shift+Z redo"],
      [["Del"], "Empty the cells"],
      [["F8"], "Next cell that needs you"],
      [["Alt", "M"], "In a conflict: keep mine; Alt+T take theirs"],
    ],
  },
  {
    title: "Review of a run",
    shortcuts: [
      [["X"], "Tick the row"],
      [["A"], "Approve what is ticked"],
      [["R"], "Reject what is ticked"],
    ],
  },
  {
    title: "Icons",
    shortcuts: [
      [["J", "K"], "Next, before; the arrows walk too"],
      [["X"], "Tick it"],
      [["A"], "Approve it, or what is ticked"],
      [["R"], "Reject it, or what is ticked"],
      [["Enter"], "Open it"],
      [["Esc"], "Untick"],
    ],
  },
  {
    title: "Category tree",
    shortcuts: [
      [["↑", "↓"], "Move"],
      [["→", "←"], "Unfold, fold"],
      [["Home", "End"], "First, last"],
      [["Enter"], "Show its products"],
      [["F2"], "Rename"],
      [["Alt", "↑ ↓"], "Among its siblings"],
      [["Shift", "M"], "Move to…"],
      [["Shift", "N"], "New category below"],
      [["Shift", "F10"], "All commands"],
    ],
  },
];

export function ShortcutsDialog({ onClose }: PaletteProps) {
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title="Keyboard shortcuts" className="w-[min(40rem,calc(100vw-2rem))]">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse */}
        <section aria-label="All shortcuts" tabIndex={0} className="grid gap-x-8 gap-y-4 outline-none sm:grid-cols-2">
          {GROUPS.map((group) => (
            <section key={group.title}>
              <h3 className="border-b pb-1 text-xs text-muted">{group.title}</h3>
              <dl className="grid grid-cols-[1fr_auto]">
                {group.shortcuts.map(([keys, meaning]) => (
                  <Fragment key={meaning}>
                    <dt className="border-b border-line-soft py-1.5">{meaning}</dt>
                    <dd className="flex items-center gap-1 border-b border-line-soft">
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </Fragment>
                ))}
              </dl>
            </section>
          ))}
        </section>
      </DialogContent>
    </Dialog>
  );
}
