import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

/**
 * A plain table in the house style: sticky head, hairlines, text cut with an ellipsis; plain `thead`, `tr`, `td` inside.
 * `num` on figures; `data-phone="lead|title|right|below|below-right"` on the cells of a phone's two lines;
 * `row-link` on the link that a whole row is, `above-link` on what can be clicked beside it.
 */
export function Table({ className, ...props }: ComponentProps<"table">) {
  return <table className={cn("ledger", className)} {...props} />;
}
