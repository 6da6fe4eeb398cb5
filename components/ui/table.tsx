import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";

/** Plain table parts: a sticky head, hairlines, text cut with an ellipsis. Row height comes from `--row` (32 px). */
export function Table({ className, ...props }: ComponentProps<"table">) {
  return <table className={cn("w-full table-fixed border-separate border-spacing-0", className)} {...props} />;
}

export function HeadCell({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "sticky top-0 z-10 h-[30px] overflow-hidden border-b bg-bg px-2 text-left text-xs font-medium text-ellipsis whitespace-nowrap text-muted first:pl-3 last:pr-3",
        className,
      )}
      {...props}
    />
  );
}

export function Row({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("group/row hover:bg-hover aria-selected:bg-accent-soft", className)} {...props} />;
}

export function Cell({ className, ...props }: ComponentProps<"td">) {
  return (
    <td
      className={cn(
        "h-(--row,32px) overflow-hidden border-b border-line-soft px-2 text-ellipsis whitespace-nowrap first:pl-3 last:pr-3",
        className,
      )}
      {...props}
    />
  );
}
