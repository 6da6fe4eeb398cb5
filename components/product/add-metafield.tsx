"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import { useEditor } from "./editor";

const loadDialog = () => import("./add-metafield-dialog").then((module) => module.AddMetafieldDialog);

export function AddMetafield() {
  const { product } = useEditor();
  return (
    <div data-commands className="flex items-center gap-2 pt-3">
      <OnIntent load={loadDialog} opens="dialog">
        <Button variant={product.metafields.length === 0 ? "default" : "ghost"}>
          <Plus aria-hidden />
          Add metafield
        </Button>
      </OnIntent>
      {product.metafields.length === 0 && <span className="text-muted">This product has none yet.</span>}
    </div>
  );
}
