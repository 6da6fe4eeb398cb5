import { Slot } from "radix-ui/slot";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

const LOOKS = {
  default: "border-line bg-panel text-text hover:bg-hover",
  primary: "border-accent bg-accent text-accent-text hover:border-accent-hover hover:bg-accent-hover",
  danger: "border-red bg-panel text-red hover:bg-red-soft",
  ghost: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-text",
} as const;

const SIZES = {
  default: "h-7 px-2.5",
  large: "h-8 px-3",
  small: "h-6 px-2 text-xs",
  icon: "size-7 justify-center",
  "icon-small": "size-6 justify-center",
} as const;

type Look = { variant?: keyof typeof LOOKS; size?: keyof typeof SIZES };

/** A button's classes, for a link that looks like one. */
export function buttonClass({ variant = "default", size = "default" }: Look = {}, className?: string) {
  return cn("btn", LOOKS[variant], SIZES[size], className);
}

type Props = ComponentProps<"button"> & Look & { asChild?: boolean };

/** Icon-only buttons need an `aria-label`. */
export function Button({ variant, size, asChild, className, type, ...props }: Props) {
  const Component = asChild ? Slot : "button";
  return (
    <Component
      type={asChild ? undefined : (type ?? "button")}
      className={buttonClass({ variant, size }, className)}
      {...props}
    />
  );
}
