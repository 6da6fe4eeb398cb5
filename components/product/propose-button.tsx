"use client";

import { MessageSquarePlus } from "lucide-react";
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
