"use client";

import Link from "next/link";
import { useState } from "react";
import { Checkbox } from "@/components/ui/input";
import { cn } from "@/lib/class-names";
import type { IconRow } from "@/lib/icons/list-icons";
import { IconBar } from "./icon-bar";
import { IconPicture } from "./icon-picture";
import { IconState } from "./icon-state";
import { useGridKeys } from "./use-grid-keys";
import { useIconAnswers } from "./use-icon-answers";

export type GridIcon = Pick<
  IconRow,
  "id" | "filename" | "category" | "isShown" | "status" | "reviewState" | "fileMissing" | "version"
>;
type Props = {
  icons: GridIcon[];
  mayEdit: boolean;
  /** What the grid shows, for screen readers. */
  label: string;
};

/** Icons side by side. J and K walk, X ticks, A approves, R rejects: what is ticked, or the one that has the focus. */
export function IconGrid({ icons, mayEdit, label }: Props) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<{
    what: "reject" | "delete" | "assign" | "merge";
    ids: ReadonlySet<string>;
  } | null>(null);
  const answers = useIconAnswers();
  // What is no more on the page is no more ticked.
  const chosen = icons.filter(({ id }) => ticked.has(id));

  function toggle(id: string) {
    setTicked((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  function meant(focusedId: string | null): ReadonlySet<string> {
    if (chosen.length > 0) return new Set(chosen.map(({ id }) => id));
    return new Set(focusedId === null ? [] : [focusedId]);
  }
  const choiceOf = (ids: ReadonlySet<string>) =>
    icons.filter(({ id }) => ids.has(id)).map(({ id, version }) => ({ id, version }));

  const grid = useGridKeys({
    tick: toggle,
    clear: () => setTicked(new Set()),
    approve: (focusedId) => {
      const ids = meant(focusedId);
      if (mayEdit && !answers.isBusy && ids.size > 0) answers.approve(choiceOf(ids));
    },
    reject: (focusedId) => {
      const ids = meant(focusedId);
      if (mayEdit && ids.size > 0) setAsking({ what: "reject", ids });
    },
  });

  return (
    <>
      <ul
        ref={grid}
        aria-label={label}
        className="grid grid-cols-[repeat(auto-fill,minmax(112px,1fr))] gap-px p-3 max-sm:grid-cols-[repeat(auto-fill,minmax(96px,1fr))]"
      >
        {icons.map((icon) => (
          <li
            key={icon.id}
            className={cn(
              "group/icon relative rounded-md border border-transparent p-2 hover:bg-hover has-[.icon-link:focus-visible]:border-accent",
              ticked.has(icon.id) && "border-accent-line bg-accent-soft",
            )}
          >
            <Link
              href={`/icons/${icon.id}`}
              prefetch={false}
              data-icon={icon.id}
              className="icon-link grid justify-items-center gap-1 outline-none"
            >
              <IconPicture icon={icon} size={64} />
              <span className="w-full truncate text-center text-xs" title={titleOf(icon)}>
                {icon.category?.name ?? icon.filename}
              </span>
              <span className="text-2xs">
                <IconState icon={icon} />
              </span>
            </Link>
            <Checkbox
              aria-label={`Tick ${icon.category?.name ?? icon.filename}`}
              checked={ticked.has(icon.id)}
              onChange={() => toggle(icon.id)}
              className={cn(
                "absolute top-2 left-2 sm:opacity-0 sm:group-hover/icon:opacity-100 sm:focus-visible:opacity-100",
                (ticked.has(icon.id) || chosen.length > 0) && "sm:opacity-100",
              )}
            />
          </li>
        ))}
      </ul>
      <IconBar
        icons={chosen}
        total={icons.length}
        mayEdit={mayEdit}
        answers={answers}
        asking={
          asking && {
            what: asking.what,
            icons: icons.filter(({ id }) => asking.ids.has(id)),
            close: () => setAsking(null),
          }
        }
        ask={(what) => setAsking({ what, ids: new Set(chosen.map(({ id }) => id)) })}
        tickAll={() => setTicked(new Set(icons.map(({ id }) => id)))}
        clear={() => setTicked(new Set())}
      />
    </>
  );
}

function titleOf({ category, filename }: GridIcon) {
  return category ? [...category.above, category.name].join(" › ") : filename;
}
