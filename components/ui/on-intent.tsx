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

type Props<P extends object> = {
  /** A static import: `() => import("./filter-popover").then((module) => module.FilterPopover)`. */
  load: () => Promise<ComponentType<P & IntentProps>>;
  opens: "menu" | "dialog";
  children: Trigger;
  /** What is loaded is given these, the present ones at each render; needless where it wants no more than a trigger. */
} & (IntentProps extends P & IntentProps ? { props?: P } : { props: P });

/** A button whose menu or dialog is fetched when somebody is about to use it, so that the first paint doesn't carry it. */
export function OnIntent<P extends object>({ load, props, opens, children }: Props<P>) {
  const [Loaded, setLoaded] = useState<ComponentType<P & IntentProps>>();
  // Left out only where P asks for nothing, as the type of the props sees to.
  if (Loaded) return <Loaded {...(props as P)} trigger={children} defaultOpen />;
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
