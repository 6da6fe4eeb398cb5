"use client";

import { useDeferredValue, useEffect, useState } from "react";
import { z } from "zod";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { IconPicture } from "./icon-picture";

const answer = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      filename: z.string(),
      category_path: z.string().nullable(),
      active: z.boolean(),
      review: z.string(),
      file_missing: z.boolean(),
    }),
  ),
  total: z.number(),
});
type Answer = z.output<typeof answer>;

type Props = { categoryName: string; onPick: (iconId: string) => void; onClose: () => void };

/** Finds an icon of the library that stands for no other category. */
export function ChooseIconDialog({ categoryName, onPick, onClose }: Props) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text);
  const [found, setFound] = useState<Answer | "failed" | null>(null);

  useEffect(
    function askLibrary() {
      const abort = new AbortController();
      void (async () => {
        // No answer and a refusal are told alike; one that came too late is dropped.
        const response = await fetch(`/api/icons?per_page=60&q=${encodeURIComponent(asked)}`, {
          signal: abort.signal,
        }).catch(() => null);
        const told = response?.ok ? answer.parse(await response.json()) : "failed";
        if (!abort.signal.aborted) setFound(told);
      })();
      return () => abort.abort();
    },
    [asked],
  );

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={`Choose an icon for “${categoryName}”`}
        description="One that stands for another category stays there."
        className="w-[min(40rem,calc(100vw-2rem))]"
      >
        <Field label="Find an icon">
          {(control) => (
            <Input
              {...control}
              type="search"
              autoComplete="off"
              placeholder="Prompt, category, file, model"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="mt-2 min-h-48">
          {found === "failed" && (
            <p role="alert" className="text-red">
              The library did not answer. Type again to retry.
            </p>
          )}
          {found !== null && found !== "failed" && found.data.length === 0 && (
            <p className="text-muted">{asked ? `No icon is like “${asked}”.` : "The library is empty."}</p>
          )}
          {found !== null && found !== "failed" && (
            <>
              <ul className="grid grid-cols-[repeat(auto-fill,minmax(72px,1fr))] gap-1">
                {found.data.map((icon) => {
                  const why = reasonAgainst(icon);
                  return (
                    <li key={icon.id}>
                      <button
                        type="button"
                        disabled={why !== null}
                        title={why ?? icon.filename}
                        onClick={() => onPick(icon.id)}
                        className="grid w-full justify-items-center rounded-md p-1 hover:bg-hover disabled:opacity-40"
                      >
                        <IconPicture
                          icon={{ id: icon.id, fileMissing: icon.file_missing }}
                          size={48}
                          alt={`${icon.filename}${why ? `, ${why}` : ""}`}
                        />
                        <span className="w-full truncate text-center text-2xs text-muted">
                          {icon.category_path?.split("/").at(-1) ?? icon.filename}
                        </span>
                      </button>
                    </li>
                  );
                })}
              </ul>
              {found.total > found.data.length && (
                <p className="mt-2 text-xs text-muted">
                  The newest {found.data.length} of {found.total}. Type to find others.
                </p>
              )}
            </>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function reasonAgainst({ active, review, file_missing }: Answer["data"][number]): string | null {
  if (active) return "stands for a category";
  if (file_missing) return "its file is gone";
  return review === "rejected" ? "was rejected" : null;
}
