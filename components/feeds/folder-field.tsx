"use client";

import { useState, useTransition } from "react";
import { previewFolderAction } from "@/app/(dashboard)/feeds/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FolderFiles } from "@/lib/feeds/list-folder";
import { formatBytes, formatPlural } from "@/lib/format";

type Props = { path: string; onChange: (path: string) => void; error?: string };

/** A folder on the server, with a look at what would be read. */
export function FolderField({ path, onChange, error }: Props) {
  const [found, setFound] = useState<FolderFiles>();
  const [problem, setProblem] = useState<string>();
  const [isLooking, startLooking] = useTransition();

  function look() {
    startLooking(async () => {
      const result = await answerOf(previewFolderAction({ path }));
      setFound(result.ok ? result.data : undefined);
      setProblem(result.ok ? undefined : (result.error.fields?.path ?? result.error.message));
    });
  }

  return (
    <div className="grid gap-2">
      <Field
        label="Folder on the server"
        help="Its zip and CSV files are read, those in folders below it too. They stay where they are."
        error={error ?? problem}
      >
        {(control) => (
          <span className="flex gap-2">
            <Input
              {...control}
              value={path}
              onChange={(event) => {
                onChange(event.target.value);
                setFound(undefined);
                setProblem(undefined);
              }}
              placeholder="/data/etilize"
              className="mono"
              spellCheck={false}
            />
            <Button onClick={look} aria-disabled={isLooking}>
              {isLooking ? "Looking…" : "Look inside"}
            </Button>
          </span>
        )}
      </Field>
      {found && (
        <div className="rounded-md border bg-panel">
          <p className="border-b border-line-soft px-3 py-1.5 text-xs text-muted">
            {formatPlural(found.count, "file")}, {formatBytes(found.bytes)}
          </p>
          <ul className="scroller mono max-h-40 px-3 py-1.5">
            {found.files.map((file) => (
              <li key={file.name} className="flex justify-between gap-3">
                <span className="truncate">{file.name}</span>
                <span className="tabular shrink-0 text-muted">{formatBytes(file.bytes)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
