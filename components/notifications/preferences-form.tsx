"use client";

import { useState } from "react";
import { savePreferencesAction } from "@/app/(dashboard)/notifications/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { NOTIFICATION_KIND_NAMES, type NotificationKind } from "@/lib/notifications/kinds";
import { KindsFieldset } from "./kinds-fieldset";

/** What one is told of at all. */
export function PreferencesForm({ off }: { off: NotificationKind[] }) {
  const [chosen, setChosen] = useState(() => NOTIFICATION_KIND_NAMES.filter((kind) => !off.includes(kind)));
  const { submit, isPending, error } = useAction(savePreferencesAction);
  function save() {
    const off = NOTIFICATION_KIND_NAMES.filter((kind) => !chosen.includes(kind));
    submit({ off }, () => void showToast("Saved. It goes for what happens from now on."));
  }
  return (
    <div className="grid gap-3">
      <KindsFieldset legend="Tell me when" chosen={chosen} onChange={setChosen} withHelp />
      {error && (
        <p role="alert" className="text-xs text-red">
          {error.message}
        </p>
      )}
      <div>
        <Button onClick={save} variant="primary" aria-disabled={isPending}>
          {isPending ? "Saving…" : "Save"}
        </Button>
      </div>
    </div>
  );
}
