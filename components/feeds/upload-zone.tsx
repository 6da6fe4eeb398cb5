"use client";

import { Upload, X } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/class-names";
import { UPLOAD_KINDS, type UploadKind } from "@/lib/feeds/upload-kinds";
import { formatBytes } from "@/lib/format";
import type { UploadItem } from "./use-uploads";

type Props = {
  items: UploadItem[];
  onAdd: (files: Iterable<File>) => void;
  onRemove: (key: string) => void;
  error?: string;
  kind?: UploadKind;
};

/** Files dropped or chosen, each uploading at once. */
export function UploadZone({ items, onAdd, onRemove, error, kind = "feed" }: Props) {
  const inputId = useId();
  const [isOver, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onAdd(event.dataTransfer.files);
  }

  return (
    <div className="grid gap-2">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the file input inside is the control */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "relative flex min-h-24 flex-col items-center justify-center gap-1 rounded-md border border-dashed px-4 py-5 text-center focus-within:outline-2 focus-within:outline-accent",
          isOver ? "border-accent bg-accent-soft" : "border-line-strong bg-panel",
          error && "border-red",
        )}
      >
        <Upload aria-hidden className="size-5 text-faint" strokeWidth={1.5} />
        <label htmlFor={inputId}>
          Drop the files here, or <span className="text-accent underline">choose them</span>
        </label>
        <p className="text-xs text-muted">
          {UPLOAD_KINDS[kind].hint}, up to {formatBytes(4_000_000_000)} each
        </p>
        <input
          id={inputId}
          type="file"
          multiple
          accept={UPLOAD_KINDS[kind].accept}
          aria-invalid={error ? true : undefined}
          onChange={(event) => {
            onAdd(event.target.files ?? []);
            // The same file chosen again is a change again.
            event.target.value = "";
          }}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
      </div>
      {error && (
        <p role="alert" className="text-xs text-red">
          {error}
        </p>
      )}
      {items.length > 0 && (
        <ul className="scroller max-h-80 rounded-md border bg-panel">
          {items.map((item) => (
            <UploadRow key={item.key} item={item} onRemove={() => onRemove(item.key)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function UploadRow({ item, onRemove }: { item: UploadItem; onRemove: () => void }) {
  const { state } = item;
  return (
    <li className="flex min-h-8 items-center gap-3 border-line-soft px-3 not-last:border-b">
      <span className="mono min-w-0 flex-1 truncate" title={item.name}>
        {item.name}
      </span>
      {state.is === "failed" && (
        <span role="alert" className="text-xs text-red">
          {state.reason}
        </span>
      )}
      {state.is === "sending" && (
        <Progress percent={(100 * item.sent) / Math.max(1, item.bytes)} label={`Uploading ${item.name}`} />
      )}
      <span className="tabular text-xs text-muted">
        {state.is === "sending" ? `${formatBytes(item.sent)} of ${formatBytes(item.bytes)}` : formatBytes(item.bytes)}
      </span>
      <Button variant="ghost" size="icon-small" aria-label={`Remove ${item.name}`} onClick={onRemove}>
        <X aria-hidden />
      </Button>
    </li>
  );
}
