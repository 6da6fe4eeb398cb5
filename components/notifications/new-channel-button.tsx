"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";

const loadForm = () => import("./channel-dialog").then((module) => module.ChannelDialog);

export function NewChannelButton() {
  return (
    <OnIntent load={loadForm} opens="dialog" props={{ channel: null }}>
      <Button variant="primary">
        <Plus aria-hidden />
        New channel
      </Button>
    </OnIntent>
  );
}
