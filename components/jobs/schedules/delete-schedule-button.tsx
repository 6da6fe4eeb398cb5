"use client";

import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";

type Props = { schedule: { id: string; name: string; version: number } };

export function DeleteScheduleButton({ schedule }: Props) {
  return (
    <OnIntent
      load={() => import("./delete-schedule-dialog").then((module) => module.DeleteScheduleDialog)}
      opens="dialog"
      props={{ schedule }}
    >
      <Button variant="danger">Delete</Button>
    </OnIntent>
  );
}
