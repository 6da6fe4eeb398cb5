"use client";

import { Menu as MenuIcon, Search } from "lucide-react";
import { Bell } from "@/components/notifications/bell";
import { openPalette } from "@/components/palette/open-palette";
import { buttonClass } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { OnIntent } from "@/components/ui/on-intent";
import type { Person } from "./person-menu";
import { MENU_ID } from "./sidebar";
import { WorkStatus } from "./work-status";

type Props = { person: Person; signOut: () => Promise<unknown> };

const loadMenu = () => import("./person-menu").then((module) => module.PersonMenu);

export function TopBar({ person, signOut }: Props) {
  return (
    <header className="flex min-w-0 items-center gap-3 border-b bg-bg px-4 max-md:gap-2 max-md:px-2">
      <button
        type="button"
        popoverTarget={MENU_ID}
        aria-label="Menu"
        className={buttonClass({ variant: "ghost", size: "icon" }, "md:hidden")}
      >
        <MenuIcon aria-hidden />
      </button>
      <button
        type="button"
        onClick={openPalette}
        className="flex h-7 w-[336px] min-w-0 items-center gap-2 rounded-md border bg-panel px-2 whitespace-nowrap text-faint hover:border-line-strong max-md:flex-1"
      >
        <Search aria-hidden className="size-[15px] shrink-0" />
        <span className="truncate">Search products, SKUs, categories</span>
        <span className="ml-auto max-md:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <div className="ml-auto flex min-w-0 items-center gap-3">
        <WorkStatus />
        <Bell />
        <OnIntent load={loadMenu} props={{ person, signOut }} opens="menu">
          <button
            type="button"
            aria-label={`${person.name}: account, theme, sign out`}
            className="size-6 shrink-0 rounded-full bg-accent-soft text-center text-2xs font-semibold text-accent"
          >
            {initials(person.name)}
          </button>
        </OnIntent>
      </div>
    </header>
  );
}

function initials(name: string) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => word?.[0]) : [name.slice(0, 2)];
  return letters.join("").toUpperCase();
}
