"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Picture } from "@/components/ui/picture";
import { IconPicture } from "./icon-picture";
import type { AlikeIcon } from "./send-icon";

type Props = { file: File; alike: AlikeIcon[]; onAnyway: () => void; onLeave: () => void };

/** Shows the picture that somebody is about to add beside those that look like it. */
export function AlikeDialog({ file, alike, onAnyway, onLeave }: Props) {
  const [src, setSrc] = useState("");
  useEffect(
    function showFile() {
      const address = URL.createObjectURL(file);
      setSrc(address);
      return () => URL.revokeObjectURL(address);
    },
    [file],
  );

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onLeave()}>
      <DialogContent
        title="The library has icons that look like it"
        description="Two that are nearly the same are hard to tell apart in the tree."
        footer={
          <>
            <Button onClick={onLeave}>Leave it out</Button>
            <Button variant="primary" onClick={onAnyway}>
              Use it anyway
            </Button>
          </>
        }
      >
        <div className="flex flex-wrap gap-4">
          <figure className="grid w-28 justify-items-center gap-1">
            <span className="icon-paper grid size-24 place-items-center rounded-md border border-accent">
              {src && <Picture src={src} alt={`New: ${file.name}`} size={76} className="size-19 object-contain" />}
            </span>
            <figcaption className="w-full truncate text-center text-xs font-medium" title={file.name}>
              New: {file.name}
            </figcaption>
          </figure>
          {alike.slice(0, 6).map(({ id, filename, distance }) => (
            <figure key={id} className="grid w-28 justify-items-center gap-1">
              <IconPicture icon={{ id, fileMissing: false }} size={96} alt={filename} />
              <figcaption className="w-full text-center text-xs">
                <Link href={`/icons/${id}`} className="block truncate text-accent underline" title={filename}>
                  {filename}
                </Link>
                <span className="text-muted">
                  {distance === 0 ? "looks the same" : `${distance} of 64 bits differ`}
                </span>
              </figcaption>
            </figure>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}
