"use client";

import { LeaveDialog } from "@/components/ui/leave-dialog";
import { useEditor } from "./editor";

/** Asks before unsaved changes of the product are left behind. */
export function LeaveGuard() {
  const { state, save, discard } = useEditor();
  return <LeaveDialog isDirty={Object.keys(state.drafts).length > 0} save={save} discard={discard} />;
}
