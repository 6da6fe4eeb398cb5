"use client";

import { Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";

const load = () => import("./delete-dialog").then((module) => module.DeleteDialog);

export function DeleteButton({ id, name }: { id: string; name: string }) {
  return (
    <OnIntent load={load} opens="dialog" props={{ id, name }}>
      <Button>
        <Trash2 aria-hidden />
        Delete
      </Button>
    </OnIntent>
  );
}
