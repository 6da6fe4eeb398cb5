"use client";

import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";

export function PrintButton() {
  return (
    <Button variant="ghost" size="icon" aria-label="Print" title="Print (Ctrl P)" onClick={() => window.print()}>
      <Printer aria-hidden />
    </Button>
  );
}
