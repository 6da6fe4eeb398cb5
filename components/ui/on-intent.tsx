"use client";

import { type ComponentType, cloneElement, type ReactElement, useState } from "react";

type Trigger = ReactElement<{
  onPointerEnter?: () => void;
  onFocus?: () => void;
  onClick?: () => void;
  "aria-haspopup"?: "menu" | "dialog";
  "aria-expanded"?: boolean;
}>;
/** What is loaded: it wraps the trigger itself and opens at once. */
export type IntentProps = { trigger: ReactElement; defaultOpen: true };

type Props = {
  /** A static import: `() => import("./filter-popover").then((module) => module.FilterPopover)`. */
  load: () => Promise<ComponentType<IntentProps>>;
  opens: "menu" | "dialog";
  children: Trigger;
};

/** A button whose menu or dialog is fetched when somebody is about to use it, so that the first paint doesn't carry it. */
export function OnIntent({ load, opens, children }: Props) {
  const [Loaded, setLoaded] = useState<ComponentType<IntentProps>>();
  if (Loaded) return <Loaded trigger={children} defaultOpen />;
  return cloneElement(children, {
    "aria-haspopup": opens,
    "aria-expanded": false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: async () => {
      const component = await load();
      setLoaded(() => component);
    },
  });
}
