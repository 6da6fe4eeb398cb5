"use client";

import { RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";

const load = () => import("./restore-dialog").then((module) => module.RestoreDialog);

/** Brings values of this time back, once they were seen beside today's. */
export function RestoreButton(props: { productId: string; at: string }) {
  return (
    <OnIntent load={load} opens="dialog" props={props}>
      <Button size="small">
        <RotateCcw aria-hidden />
        Restore these…
      </Button>
    </OnIntent>
  );
}
