"use client";

import Link from "next/link";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/dropdown-menu";
import type { IntentProps } from "@/components/ui/on-intent";

const REPORTS = [{ href: "/catalog/images", label: "Pictures", about: "missing, failed, look alike" }];

export function ReportsMenu({ trigger, defaultOpen }: IntentProps) {
  return (
    <Menu defaultOpen={defaultOpen}>
      <MenuTrigger asChild>{trigger}</MenuTrigger>
      <MenuContent>
        {REPORTS.map(({ href, label, about }) => (
          <MenuItem key={href} asChild>
            <Link href={href}>
              {label}
              <span className="ml-auto pl-4 text-xs text-muted">{about}</span>
            </Link>
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  );
}
