"use client";

import { useState } from "react";
import { deleteChannelAction, renewSecretAction } from "@/app/(dashboard)/admin/notifications/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import type { ChannelRow } from "@/lib/notifications/channels/queries";
import { SecretOnce } from "./secret-once";

type Props = IntentProps & { channel: ChannelRow };

/** Asks before the old secret stops working. */
export function RenewSecretDialog({ channel, trigger }: Props) {
  const [isOpen, setOpen] = useState(true);
  const [secret, setSecret] = useState<string>();
  const { submit, isPending, error } = useAction(renewSecretAction);
  const renew = () => submit({ channelId: channel.id, version: channel.version }, (data) => setSecret(data.secret));
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={`New secret for ${channel.name}`}>
        {secret ? (
          <SecretOnce secret={secret} onDone={() => setOpen(false)} />
        ) : (
          <Question
            words="Calls are signed with the new secret at once: a receiver that knows only the old one refuses them until it is told."
            error={error?.message}
            button={isPending ? "Making…" : "Make a new secret"}
            onYes={renew}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

/** Asks before a channel goes, with what waits in it. */
export function DeleteChannelDialog({ channel, trigger }: Props) {
  const [isOpen, setOpen] = useState(true);
  const { submit, isPending, error } = useAction(deleteChannelAction);
  function remove() {
    submit({ channelId: channel.id, version: channel.version }, () => {
      setOpen(false);
      void showToast(`${channel.name} is deleted`);
    });
  }
  const waiting = channel.waiting > 0 ? ` ${channel.waiting} that wait to be sent go with it.` : "";
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={`Delete ${channel.name}?`}>
        <Question
          words={`Nothing is sent there any more.${waiting} People go on being told on the screen.`}
          error={error?.message}
          button={isPending ? "Deleting…" : "Delete the channel"}
          onYes={remove}
        />
      </DialogContent>
    </Dialog>
  );
}

function Question({
  words,
  error,
  button,
  onYes,
}: {
  words: string;
  error?: string;
  button: string;
  onYes: () => void;
}) {
  return (
    <div className="grid gap-3">
      <p>{words}</p>
      {error && (
        <p role="alert" className="text-xs text-red">
          {error}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="danger" onClick={onYes}>
          {button}
        </Button>
      </div>
    </div>
  );
}
