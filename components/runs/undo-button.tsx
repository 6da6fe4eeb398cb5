"use client";

import { Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";

type Props = {
  runId: string;
  number: number;
  source: string;
  /** Too large to plan while somebody waits: a worker's. */
  isLarge: boolean;
  /** What it deleted comes back. */
  isDeletion: boolean;
};

/** Takes an applied run back, once its preview was seen. */
export function UndoButton(props: Props) {
  return (
    <OnIntent load={() => import("./undo-dialog").then((module) => module.UndoDialog)} opens="dialog" props={props}>
      <Button>
        <Undo2 aria-hidden />
        {props.isDeletion ? "Restore" : "Undo run"}
      </Button>
    </OnIntent>
  );
}
