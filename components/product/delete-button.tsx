"use client";

import { Trash2 } from "lucide-react";
import { type ComponentType, useState } from "react";
import type { DeleteProps } from "@/components/catalog/delete-dialog";
import { Button } from "@/components/ui/button";

const load = () => import("@/components/catalog/delete-dialog").then((module) => module.DeleteDialog);

/** Asks for an archived product to be deleted for good, by a plan as a whole selection's. */
export function DeleteButton({ productId }: { productId: string }) {
  const [Dialog, setDialog] = useState<ComponentType<DeleteProps>>();

  async function open() {
    const loaded = await load();
    setDialog(() => loaded);
  }

  return (
    <>
      <Button onClick={open} onPointerEnter={() => void load()} aria-haspopup="dialog">
        <Trash2 aria-hidden />
        Delete for good…
      </Button>
      {Dialog && (
        <Dialog
          selection={{ ids: [productId] }}
          count={1}
          onClose={() => setDialog(undefined)}
          onPlanned={() => undefined}
        />
      )}
    </>
  );
}
