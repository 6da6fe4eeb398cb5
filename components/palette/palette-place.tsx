"use client";

import { useRouter } from "next/navigation";
import { type ComponentType, useEffect, useRef, useState } from "react";
import { GO_TO, isPlain, isTyping } from "./keyboard";
import { openPalette, openShortcuts, PALETTE_EVENT, type PaletteMode } from "./open-palette";

type Props = {
  /** Whether they may bring feeds in. */
  mayImport: boolean;
};
export type PaletteProps = Props & { onClose: () => void };

/** How long G waits for the letter after it, in milliseconds. */
const CHORD_MS = 1_200;

const LOADERS: Record<PaletteMode, () => Promise<ComponentType<PaletteProps>>> = {
  commands: () => import("./command-palette").then((module) => module.CommandPalette),
  shortcuts: () => import("./shortcuts-dialog").then((module) => module.ShortcutsDialog),
};

/** Hears the keys that work everywhere, and holds the palette once it has been asked for. */
export function PalettePlace({ mayImport }: Props) {
  const router = useRouter();
  const [Shown, setShown] = useState<ComponentType<PaletteProps>>();
  const chordUntil = useRef(0);

  useEffect(
    function hearKeys() {
      function open(event: Event) {
        if (!(event instanceof CustomEvent)) return;
        const mode: PaletteMode = event.detail;
        void LOADERS[mode]().then((component) => setShown(() => component));
      }
      function press(event: KeyboardEvent) {
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
          event.preventDefault();
          openPalette();
          return;
        }
        if (isTyping(event) || !isPlain(event)) return;
        const screen = GO_TO[event.key];
        if (screen && Date.now() < chordUntil.current) {
          event.preventDefault();
          event.stopImmediatePropagation();
          router.push(screen.href);
        } else if (event.key === "?") {
          event.preventDefault();
          openShortcuts();
        } else if (event.key === "/") {
          focusSearch(event);
        }
        chordUntil.current = event.key === "g" ? Date.now() + CHORD_MS : 0;
      }
      window.addEventListener(PALETTE_EVENT, open);
      // In the capturing phase, so that the J of "G J" doesn't also move a list.
      window.addEventListener("keydown", press, { capture: true });
      return () => {
        window.removeEventListener(PALETTE_EVENT, open);
        window.removeEventListener("keydown", press, { capture: true });
      };
    },
    [router],
  );

  return Shown ? <Shown mayImport={mayImport} onClose={() => setShown(undefined)} /> : null;
}

/** The page's own search box where it has one, else the palette. */
function focusSearch(event: KeyboardEvent) {
  event.preventDefault();
  const box = document.querySelector<HTMLInputElement>("main input[type=search][data-page-search]");
  if (!box) return openPalette();
  box.focus();
  box.select();
}
