"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { takeBack } from "./take-back";

type Props = {
  icon: { id: string; version: number };
  merged: { into: string; by: string; at: string; filename: string | null };
  mayEdit: boolean;
};

/** Says which icon was kept instead of this one, and takes that back. */
export function MergedNotice({ icon, merged, mayEdit }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-hover px-3 py-2">
      <p className="min-w-0 flex-1">
        Merged into{" "}
        {merged.filename === null ? (
          "an icon since deleted"
        ) : (
          <Link href={`/icons/${merged.into}`} className="text-accent underline">
            {merged.filename}
          </Link>
        )}{" "}
        <span className="text-muted">
          by {merged.by}, <Time at={new Date(merged.at)} format="short" />
        </span>
      </p>
      {mayEdit && (
        <Button aria-disabled={isPending} onClick={() => !isPending && startTransition(() => takeBack([icon], router))}>
          Take back
        </Button>
      )}
    </div>
  );
}
