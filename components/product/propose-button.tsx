"use client";

import { MessageSquarePlus } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { useEditor } from "./editor";

/** For who may not save: values are typed as they should be, and a manager answers. */
export function ProposeButton() {
  const { isProposing, setProposing, discard, state } = useEditor();
  const isBlank = Object.keys(state.drafts).length === 0;
  if (!isProposing) {
    return (
      <Button onClick={() => setProposing(true)}>
        <MessageSquarePlus aria-hidden />
        Propose changes
      </Button>
    );
  }
  return (
    <Button
      onClick={() => {
        discard();
        setProposing(false);
      }}
    >
      {isBlank ? "Stop proposing" : "Discard the proposal"}
    </Button>
  );
}

/** What waits for a manager's answer. */
export function Proposals({ proposals }: { proposals: { number: number; who: string }[] }) {
  if (proposals.length === 0) return null;
  return (
    <p role="status" className="flex flex-wrap gap-x-3 border-y bg-amber-soft px-4 py-1.5 text-amber print:hidden">
      {proposals.map(({ number, who }) => (
        <span key={number}>
          {who} proposes changes:{" "}
          <Link href={`/syncs/${number}`} className="font-medium underline">
            run {number}
          </Link>{" "}
          waits for a manager.
        </span>
      ))}
    </p>
  );
}
