"use client";

import { Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";

export function DuplicateButton({ product }: { product: { id: string; sku: string; name: string } }) {
  return (
    <OnIntent
      load={() => import("./duplicate-dialog").then((module) => module.DuplicateDialog)}
      opens="dialog"
      props={{ product }}
    >
      <Button>
        <Copy aria-hidden />
        Duplicate
      </Button>
    </OnIntent>
  );
}
