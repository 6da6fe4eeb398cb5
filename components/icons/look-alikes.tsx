"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconPicture } from "./icon-picture";
import type { MergeableIcon } from "./merge-icons-dialog";

const MergeIconsDialog = dynamic(() => import("./merge-icons-dialog").then((module) => module.MergeIconsDialog), {
  loading: () => null,
});

type Props = { icon: MergeableIcon; alikes: (MergeableIcon & { distance: number })[]; mayEdit: boolean };

/** Icons that look like one, how near they are, and the way to keep one of them all. */
export function LookAlikes({ icon, alikes, mayEdit }: Props) {
  const [isMerging, setMerging] = useState(false);
  const close = () => setMerging(false);
  return (
    <div className="grid justify-items-start gap-2">
      <ul className="flex flex-wrap gap-3">
        {alikes.map((one) => (
          <li key={one.id} className="grid w-20 justify-items-center gap-0.5">
            <Link
              href={`/icons/${one.id}`}
              prefetch={false}
              title={one.filename}
              className="block rounded-md hover:bg-hover"
            >
              <IconPicture
                icon={one}
                size={64}
                alt={one.filename}
                className={one.isShown ? "border-green" : undefined}
              />
            </Link>
            <span className="w-full truncate text-center text-xs" title={one.category ?? one.filename}>
              {one.category ?? one.filename}
            </span>
            <span className="text-center text-2xs text-muted">
              {one.distance === 0 ? "looks the same" : `${one.distance} of 64 bits`}
            </span>
          </li>
        ))}
      </ul>
      {mayEdit && <Button onClick={() => setMerging(true)}>Merge</Button>}
      {isMerging && <MergeIconsDialog icons={[icon, ...alikes]} onClose={close} onDone={close} />}
    </div>
  );
}
