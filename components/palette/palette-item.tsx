import { Command } from "cmdk";
import type { ReactNode } from "react";

/** Lines of one sort, below their heading. */
export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = { value: string; icon: ReactNode; onSelect: () => void; children: ReactNode };

/** A line to be chosen. */
export function PaletteItem({ icon, children, ...props }: ItemProps) {
  return (
    <Command.Item
      {...props}
      className="flex h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 whitespace-nowrap data-[selected=true]:bg-accent-soft [&>svg]:size-[15px] [&>svg]:shrink-0 [&>svg]:text-muted"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
