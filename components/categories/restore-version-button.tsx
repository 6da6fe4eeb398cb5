"use client";

import { RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";

const load = () => import("./restore-version-dialog").then((module) => module.RestoreVersionDialog);

/** Makes the category what it was behind this change, once that was seen beside what it is. */
export function RestoreVersionButton(props: { id: string; change: number }) {
  return (
    <OnIntent load={load} opens="dialog" props={props}>
      <Button size="small" variant="ghost">
        <RotateCcw aria-hidden />
        As it was then…
      </Button>
    </OnIntent>
  );
}
