"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import { useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { SIDEBAR_COOKIE } from "@/lib/theme";
import { Logo } from "./logo";
import { Nav } from "./nav";
import { keepPreference } from "./preference";

/** The id of the menu that opens over the page on a phone. */
export const MENU_ID = "menu";

/** The menu beside the page; it folds to icons and stays so. */
export function Sidebar() {
  return (
    <aside className="row-span-2 flex w-[208px] flex-col border-r bg-sunk px-2 py-2.5 group-data-[sidebar=icons]/frame:w-12 max-md:hidden">
      <Brand />
      <nav aria-label="Main">
        <Nav />
      </nav>
      <button
        type="button"
        onClick={fold}
        className={buttonClass({ variant: "ghost" }, "mt-auto justify-start px-2 group-data-[sidebar=icons]/frame:w-8")}
        title="Fold or unfold the menu"
      >
        <PanelLeftClose aria-hidden className="group-data-[sidebar=icons]/frame:hidden" />
        <PanelLeftOpen aria-hidden className="hidden group-data-[sidebar=icons]/frame:block" />
        <span className="group-data-[sidebar=icons]/frame:sr-only">Fold menu</span>
      </button>
    </aside>
  );
}

/** The same menu as a sheet: the browser's own popover. What is in it comes when it opens. */
export function MenuSheet() {
  const sheet = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <div
      ref={sheet}
      id={MENU_ID}
      popover="auto"
      onToggle={(event) => setOpen(event.newState === "open")}
      className="fixed inset-y-0 left-0 m-0 h-dvh w-64 max-w-none flex-col border-r bg-sunk p-3 text-text shadow-float [&:popover-open]:flex"
    >
      {isOpen && (
        <>
          <Brand />
          <nav aria-label="Main">
            <Nav onNavigate={() => sheet.current?.hidePopover()} />
          </nav>
        </>
      )}
    </div>
  );
}

function Brand() {
  return (
    <Link href="/" className="flex h-8 items-center gap-2 px-[7px] pb-1 text-lg font-[650] tracking-tight">
      <Logo />
      <span className="group-data-[sidebar=icons]/frame:md:sr-only">Stockroom</span>
    </Link>
  );
}

function fold() {
  const frame = document.getElementById("frame");
  if (!frame) return;
  frame.dataset.sidebar = frame.dataset.sidebar === "icons" ? "open" : "icons";
  keepPreference(SIDEBAR_COOKIE, frame.dataset.sidebar);
}
