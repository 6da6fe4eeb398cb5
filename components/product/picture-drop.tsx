"use client";

import { type DragEvent, type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { cn } from "@/lib/class-names";

type Props = {
  /** Null for who may not add pictures. */
  onFiles: ((files: File[]) => void) | null;
  children: ReactNode;
};

/** Takes pictures that are dropped on it, or pasted anywhere on the page but into a field that wants text. */
export function PictureDrop({ onFiles, children }: Props) {
  const [isOver, setOver] = useState(false);
  const canAdd = onFiles !== null;
  const take = useEffectEvent((files: File[]) => onFiles?.(files));

  useEffect(
    function takePastedPictures() {
      if (!canAdd) return;
      const paste = (event: ClipboardEvent) => {
        const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
        const hasText = event.clipboardData?.types.includes("text/plain");
        if (files.length === 0 || (hasText && isTextField(event.target))) return;
        event.preventDefault();
        take(files);
      };
      document.addEventListener("paste", paste);
      return () => document.removeEventListener("paste", paste);
    },
    [canAdd],
  );

  if (!onFiles) return children;
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside is the control
    <div
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
      className={cn("rounded-md", isOver && "bg-accent-soft outline-2 outline-offset-4 outline-accent outline-dashed")}
    >
      {children}
    </div>
  );
}

function isTextField(target: EventTarget | null) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea"));
}
