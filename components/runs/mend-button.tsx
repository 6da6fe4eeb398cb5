"use client";

import { Button } from "@/components/ui/button";
import { type IntentProps, OnIntent } from "@/components/ui/on-intent";

type Props = { id: number; runId: string; place: string };

/** Opens one refused row, cell by cell. */
export function MendButton({ id, runId, place }: Props) {
  async function load() {
    const { MendDialog } = await import("./mend-dialog");
    return (props: IntentProps) => <MendDialog id={id} runId={runId} place={place} {...props} />;
  }
  return (
    <OnIntent load={load} opens="dialog">
      <Button size="small" aria-label={`Mend ${place}`}>
        Mend
      </Button>
    </OnIntent>
  );
}
