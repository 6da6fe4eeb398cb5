"use client";

import { useEffect } from "react";
import { UploadZone } from "@/components/feeds/upload-zone";
import { useUploads } from "@/components/feeds/use-uploads";

/** Stands among the ids for a file that is still on its way. */
export const SENDING = "sending";

type Props = {
  name: string;
  title: string;
  error?: string;
  onChange: (name: string, uploadIds: string[]) => void;
};

/** Files that go up while the rest of the form is filled in. */
export function UploadField({ name, title, error, onChange }: Props) {
  const { items, add, remove } = useUploads();

  useEffect(
    function tellTheForm() {
      onChange(
        name,
        items.flatMap(({ state }) =>
          state.is === "done" ? [state.uploadId] : state.is === "sending" ? [SENDING] : [],
        ),
      );
    },
    [name, items, onChange],
  );

  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-xs font-medium text-muted">{title}</legend>
      <UploadZone items={items} onAdd={add} onRemove={remove} error={error} />
    </fieldset>
  );
}
