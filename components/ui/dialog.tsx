"use client";

import { X } from "lucide-react";
import { Close, Content, Description, Overlay, Portal, Root, Title, Trigger } from "radix-ui/dialog";
import type { ReactNode } from "react";
import { cn } from "@/lib/class-names";
import { buttonClass } from "./button";

export { Close as DialogClose, Root as Dialog, Trigger as DialogTrigger };

type Props = {
  title: ReactNode;
  /** One sentence: what this is about. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  className?: string;
};

export function DialogContent(props: Props) {
  return (
    <Floating
      {...props}
      className={cn(
        "top-[12vh] left-1/2 max-h-[76vh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 rounded-lg",
        props.className,
      )}
    />
  );
}

function Floating({ title, description, children, footer, className }: Props) {
  return (
    <Portal>
      <Overlay className="fixed inset-0 z-40 animate-appear bg-[oklch(0_0_0/0.35)]" />
      <Content
        aria-describedby={description ? undefined : ""}
        className={cn("fixed z-50 flex animate-appear flex-col bg-panel shadow-float outline-none", className)}
      >
        <header className="flex items-start gap-2 px-4 pt-3 pb-2">
          <div className="min-w-0 flex-1">
            <Title className="text-lg">{title}</Title>
            {description && <Description className="mt-0.5 text-muted">{description}</Description>}
          </div>
          <Close className={buttonClass({ variant: "ghost", size: "icon" })} aria-label="Close">
            <X aria-hidden />
          </Close>
        </header>
        <div className="scroller min-h-0 flex-1 px-4 pb-4">{children}</div>
        {footer && <footer className="flex justify-end gap-2 border-t px-4 py-3">{footer}</footer>}
      </Content>
    </Portal>
  );
}
