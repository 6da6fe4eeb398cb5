"use client";

import { Content, Portal, Root, Trigger } from "radix-ui/popover";
import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

export { Root as Popover, Trigger as PopoverTrigger };

export function PopoverContent({ className, ...props }: ComponentProps<typeof Content>) {
  return (
    <Portal>
      <Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          "scroller z-50 max-h-(--radix-popover-content-available-height) w-72 animate-appear rounded-md border bg-panel p-3 shadow-float outline-none",
          className,
        )}
        {...props}
      />
    </Portal>
  );
}
