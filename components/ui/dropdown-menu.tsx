"use client";

import { Check } from "lucide-react";
import {
  Content,
  Item,
  ItemIndicator,
  Label,
  Portal,
  RadioGroup,
  RadioItem,
  Root,
  Separator,
  Trigger,
} from "radix-ui/dropdown-menu";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

export { RadioGroup as MenuRadioGroup, Root as Menu, Trigger as MenuTrigger };

const ITEM =
  "relative flex h-7 cursor-default items-center gap-2 rounded-sm px-2 outline-none select-none data-disabled:text-faint data-highlighted:bg-hover [&_svg]:size-[15px] [&_svg]:shrink-0 [&_svg]:text-muted";

export function MenuContent({ className, ...props }: ComponentProps<typeof Content>) {
  return (
    <Portal>
      <Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          "scroller z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-appear rounded-md border bg-panel p-1 shadow-float",
          className,
        )}
        {...props}
      />
    </Portal>
  );
}

export function MenuItem({ className, variant, ...props }: ComponentProps<typeof Item> & { variant?: "danger" }) {
  return <Item className={cn(ITEM, variant === "danger" && "text-red [&_svg]:text-red", className)} {...props} />;
}

export function MenuRadioItem({ className, children, ...props }: ComponentProps<typeof RadioItem>) {
  return (
    <RadioItem className={cn(ITEM, "pl-7", className)} {...props}>
      <Tick />
      {children}
    </RadioItem>
  );
}

export function MenuLabel({ className, ...props }: ComponentProps<typeof Label>) {
  return <Label className={cn("px-2 pt-1.5 pb-1 text-xs text-muted", className)} {...props} />;
}

export function MenuSeparator() {
  return <Separator className="my-1 h-px bg-line-soft" />;
}

function Tick() {
  return (
    <ItemIndicator className="absolute left-2">
      <Check aria-hidden />
    </ItemIndicator>
  );
}
