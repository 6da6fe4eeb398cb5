"use client";

import { X } from "lucide-react";
import { Close, Content, Description, Overlay, Portal, Root, Title, Trigger } from "radix-ui/dialog";
import { type ReactNode, useState } from "react";
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

/** What somebody types into, in the order of the page; the button that closes stands before all of it. */
const FIELDS =
  "[data-body] :is(input:not([type=hidden],[type=checkbox],[type=radio]), textarea, select):not(:disabled)";

function Floating({ title, description, children, footer, className }: Props) {
  // A dialog without a trigger of its own would leave the focus nowhere.
  const [before] = useState(() => (typeof document === "undefined" ? null : document.activeElement));
  return (
    <Portal>
      <Overlay className="fixed inset-0 z-40 animate-appear bg-[oklch(0_0_0/0.35)]" />
      <Content
        aria-describedby={description ? undefined : ""}
        onOpenAutoFocus={(event) => {
          const field = event.currentTarget instanceof Element && event.currentTarget.querySelector(FIELDS);
          if (!(field instanceof HTMLElement)) return;
          event.preventDefault();
          field.focus();
        }}
        onCloseAutoFocus={(event) => {
          if (!(before instanceof HTMLElement) || !before.isConnected || before === document.body) return;
          event.preventDefault();
          before.focus();
        }}
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
        <div data-body className="scroller min-h-0 flex-1 px-4 pb-4">
          {children}
        </div>
        {footer && <footer className="flex justify-end gap-2 border-t px-4 py-3">{footer}</footer>}
      </Content>
    </Portal>
  );
}
