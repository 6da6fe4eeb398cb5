"use client";

import { Check, Download, FolderInput, Merge, Power, Trash2, X } from "lucide-react";
import { type ComponentProps, type ComponentType, useState } from "react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { formatCount } from "@/lib/format";
import type { GridIcon } from "./icon-grid";
import type { useIconAnswers } from "./use-icon-answers";

type What = "reject" | "delete" | "assign" | "merge";
type Props = {
  /** What is ticked. */
  icons: GridIcon[];
  /** On the page. */
  total: number;
  mayEdit: boolean;
  answers: ReturnType<typeof useIconAnswers>;
  asking: { what: What; icons: GridIcon[]; close: () => void } | null;
  ask: (what: What) => void;
  tickAll: () => void;
  clear: () => void;
};

/** So many can be looked at side by side. */
const MOST_MERGED = 24;

/** What can be done with ticked icons; it floats over the page's end. */
export function IconBar({ icons, total, mayEdit, answers, asking, ask, tickAll, clear }: Props) {
  const choice = icons.map(({ id, version }) => ({ id, version }));
  return (
    <>
      {icons.length > 0 && (
        <section
          data-commands
          aria-label="Ticked icons"
          className="absolute inset-x-3 bottom-12 z-20 mx-auto flex w-fit max-w-[calc(100%-1.5rem)] flex-wrap items-center gap-1.5 rounded-lg border border-accent-line bg-panel px-2.5 py-1.5 shadow-float"
        >
          <span className="tabular px-1 font-semibold" aria-live="polite">
            {formatCount(icons.length)} ticked
          </span>
          {icons.length < total && (
            <Button variant="ghost" size="small" onClick={tickAll}>
              All {formatCount(total)} on this page
            </Button>
          )}
          <Button variant="ghost" size="small" onClick={clear} aria-label="Untick all">
            <X aria-hidden />
            <span className="max-sm:hidden">
              <Kbd>Esc</Kbd>
            </span>
          </Button>
          <span className="mx-1 h-5 border-l max-sm:hidden" />
          {mayEdit && (
            <>
              <BarButton
                icon={Check}
                keyName="A"
                variant="primary"
                aria-disabled={answers.isBusy}
                onClick={() => !answers.isBusy && answers.approve(choice)}
              >
                Approve
              </BarButton>
              <BarButton icon={X} keyName="R" onClick={() => ask("reject")}>
                Reject
              </BarButton>
              <BarButton
                icon={Power}
                aria-disabled={answers.isBusy}
                onClick={() => !answers.isBusy && answers.activate(choice)}
              >
                Activate
              </BarButton>
              <BarButton icon={FolderInput} onClick={() => ask("assign")}>
                Assign
              </BarButton>
              {icons.length > 1 && icons.length <= MOST_MERGED && (
                <BarButton icon={Merge} onClick={() => ask("merge")}>
                  Merge
                </BarButton>
              )}
            </>
          )}
          <BarButton
            icon={Download}
            aria-disabled={answers.isBusy}
            onClick={() => !answers.isBusy && answers.pack({ ids: icons.map(({ id }) => id) })}
          >
            Export
          </BarButton>
          {mayEdit && (
            <BarButton icon={Trash2} onClick={() => ask("delete")}>
              Delete
            </BarButton>
          )}
        </section>
      )}
      {asking && <Asked {...asking} onDone={clear} />}
    </>
  );
}

type DialogProps = { icons: GridIcon[]; onClose: () => void; onDone: () => void };
type AboutShown = { icons: { id: string; version: number }[]; shown: number; onClose: () => void; onDone: () => void };

const LOAD: Record<What, () => Promise<ComponentType<DialogProps>>> = {
  reject: () => import("./reject-icons-dialog").then((module) => aboutShown(module.RejectIconsDialog)),
  delete: () => import("./delete-icons-dialog").then((module) => aboutShown(module.DeleteIconsDialog)),
  assign: () => import("./assign-icons-dialog").then((module) => aboutShown(module.AssignIconsDialog)),
  merge: () =>
    import("./merge-icons-dialog").then(({ MergeIconsDialog }) => ({ icons, ...props }) => (
      <MergeIconsDialog icons={icons.map((icon) => ({ ...icon, category: icon.category?.name ?? null }))} {...props} />
    )),
};

/** For dialogs that ask about icons by their versions, and how many of them are shown. */
function aboutShown(Dialog: ComponentType<AboutShown>) {
  return ({ icons, ...props }: DialogProps) => (
    <Dialog
      icons={icons.map(({ id, version }) => ({ id, version }))}
      shown={icons.filter(({ isShown }) => isShown).length}
      {...props}
    />
  );
}

type AskedProps = { what: What; icons: GridIcon[]; close: () => void; onDone: () => void };

/** The dialog comes with the first question of its kind. */
function Asked({ what, icons, close, onDone }: AskedProps) {
  const [loaded, setLoaded] = useState<{ what: What; Dialog: ComponentType<DialogProps> }>();
  if (loaded?.what !== what) {
    void LOAD[what]().then((Dialog) => setLoaded({ what, Dialog }));
    return null;
  }
  const { Dialog } = loaded;
  return (
    <Dialog
      icons={icons}
      onClose={close}
      onDone={() => {
        close();
        onDone();
      }}
    />
  );
}

type BarButtonProps = ComponentProps<typeof Button> & {
  icon: ComponentType<{ "aria-hidden": true }>;
  keyName?: string;
};

function BarButton({ icon: Icon, keyName, children, ...props }: BarButtonProps) {
  return (
    <Button {...props}>
      <Icon aria-hidden />
      {children}
      {keyName && (
        <span className="max-sm:hidden">
          <Kbd>{keyName}</Kbd>
        </span>
      )}
    </Button>
  );
}
