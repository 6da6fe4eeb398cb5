"use client";

import { type ComponentType, useEffect, useState } from "react";
import type { ToasterProps } from "sonner";
import { TOASTER_EVENT } from "./toast";

/** An empty place until the first toast is asked for. */
export function ToasterPlace() {
  const [Toaster, setToaster] = useState<ComponentType<ToasterProps>>();

  useEffect(function mountOnFirstToast() {
    const mount = () => import("sonner").then((sonner) => setToaster(() => sonner.Toaster));
    window.addEventListener(TOASTER_EVENT, mount, { once: true });
    return () => window.removeEventListener(TOASTER_EVENT, mount);
  }, []);

  if (!Toaster) return null;
  const style = "!bg-panel !text-text !border-line !shadow-float !rounded-lg !font-sans !text-[13px]";
  return (
    <Toaster
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: style,
          description: "!text-muted",
          actionButton: "!bg-accent !text-accent-text",
          error: "[&_[data-icon]]:!text-red",
        },
      }}
    />
  );
}
