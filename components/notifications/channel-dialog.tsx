"use client";

import { useState } from "react";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { IntentProps } from "@/components/ui/on-intent";
import type { ChannelRow } from "@/lib/notifications/channels/queries";
import { ChannelForm } from "./channel-form";

type Props = IntentProps & { channel: ChannelRow | null };

export function ChannelDialog({ channel, trigger }: Props) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={channel ? channel.name : "New channel"}
        description="It carries what anybody in the shop is told of, each thing once."
      >
        <ChannelForm channel={channel} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}
