"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { type IntentProps, OnIntent } from "@/components/ui/on-intent";
import type { RuleRow } from "@/lib/sync/approval-rules/queries";

type Props = { rule: RuleRow | null; sources: { id: string; name: string }[]; children: ReactNode };

/** Opens a rule, or a new one. */
export function RuleButton({ rule, sources, children }: Props) {
  async function load() {
    const { RuleDialog } = await import("./rule-dialog");
    return (props: IntentProps) => (
      <RuleDialog key={rule ? `${rule.id} ${rule.version}` : "new"} rule={rule} sources={sources} {...props} />
    );
  }
  return (
    <OnIntent load={load} opens="dialog">
      <Button
        variant={rule ? "ghost" : "primary"}
        size={rule ? "small" : "default"}
        aria-label={rule ? `Edit ${rule.name}` : undefined}
      >
        {children}
      </Button>
    </OnIntent>
  );
}
