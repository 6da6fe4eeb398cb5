"use client";

import { ChartNoAxesColumn } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import type { ReportsProps } from "./reports-menu";

/** The catalogue as a whole, looked at from one side each. */
export function ReportsButton({ category }: ReportsProps) {
  return (
    <OnIntent
      opens="menu"
      load={() => import("./reports-menu").then((module) => module.ReportsMenu)}
      props={{ category }}
    >
      <Button>
        <ChartNoAxesColumn aria-hidden />
        <span className="max-sm:sr-only">Reports</span>
      </Button>
    </OnIntent>
  );
}
