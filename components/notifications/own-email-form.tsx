"use client";

import { useState } from "react";
import { saveOwnEmailAction, testChannelAction } from "@/app/(dashboard)/account/notification-actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import type { OwnEmail } from "@/lib/notifications/channels/queries";
import { NOTIFICATION_KIND_NAMES } from "@/lib/notifications/kinds";
import { DigestFields, digestDraftOf } from "./digest-fields";
import { KindsFieldset } from "./kinds-fieldset";

type Props = { email: string; channel: OwnEmail | null; hasMailServer: boolean };

/** One's own notifications by e-mail, to the address of the profile. */
export function OwnEmailForm({ email, channel, hasMailServer }: Props) {
  const [isOn, setOn] = useState(channel !== null && !channel.isPaused);
  const [draft, setDraft] = useState(() => digestDraftOf(channel));
  const [kinds, setKinds] = useState(() => {
    const all = !channel || channel.kinds.length === 0;
    return NOTIFICATION_KIND_NAMES.filter((kind) => all || channel.kinds.includes(kind));
  });
  const save = useAction(saveOwnEmailAction);
  const test = useAction(testChannelAction);
  const error = save.error ?? test.error;

  function submit() {
    // All of them is stored as such: a kind that is new one day is carried too.
    const stored = kinds.length === NOTIFICATION_KIND_NAMES.length ? [] : kinds;
    const wanted = isOn && kinds.length > 0;
    save.submit({ isOn: wanted, kinds: stored, ...draft, version: channel?.version ?? null }, () => {
      void showToast(wanted ? `E-mail goes to ${email}` : "No e-mail is sent to you");
    });
  }

  return (
    <div className="mt-6 grid gap-3 border-t border-line-soft pt-4">
      <div className="flex items-start gap-2">
        <Checkbox id="own-email" checked={isOn} onChange={(event) => setOn(event.target.checked)} className="mt-0.5" />
        <label htmlFor="own-email">
          Also by e-mail, to <span className="font-medium">{email}</span>
        </label>
      </div>
      {!hasMailServer && (
        <p className="text-xs text-amber">
          No mail server is set up yet: an admin does that. Until then nothing goes out.
        </p>
      )}
      {isOn && (
        <>
          <KindsFieldset legend="By e-mail" chosen={kinds} onChange={setKinds} />
          <DigestFields
            draft={draft}
            onChange={(change) => setDraft((now) => ({ ...now, ...change }))}
            errors={error?.fields ?? {}}
          />
        </>
      )}
      {channel?.lastProblem && (
        <p role="status" className="text-xs text-red">
          The last e-mail could not be sent: {channel.lastProblem}
        </p>
      )}
      {error && (
        <p role="alert" className="text-xs text-red">
          {error.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button onClick={submit} variant="primary" aria-disabled={save.isPending}>
          {save.isPending ? "Saving…" : "Save e-mail"}
        </Button>
        {channel && !channel.isPaused && hasMailServer && (
          <Button
            onClick={() =>
              test.submit({ channelId: channel.id }, () => void showToast(`A test goes to ${email} within seconds`))
            }
            aria-disabled={test.isPending}
          >
            Send a test
          </Button>
        )}
      </div>
    </div>
  );
}
