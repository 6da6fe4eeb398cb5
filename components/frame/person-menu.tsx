"use client";

import { CircleUser, LogOut, Send } from "lucide-react";
import Link from "next/link";
import { startTransition, useState } from "react";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { IntentProps } from "@/components/ui/on-intent";
import { parseTheme } from "@/lib/theme";
import { chooseTheme, currentTheme } from "./theme";

export interface Person {
  name: string;
  email: string;
  role: string;
}

type Props = IntentProps & { person: Person; signOut: () => Promise<unknown> };

export function PersonMenu({ person, signOut, trigger, defaultOpen }: Props) {
  const [theme, setTheme] = useState(currentTheme);
  function change(value: string) {
    const chosen = parseTheme(value);
    setTheme(chosen);
    chooseTheme(chosen);
  }
  return (
    <Menu defaultOpen={defaultOpen}>
      <MenuTrigger asChild>{trigger}</MenuTrigger>
      <MenuContent>
        <MenuLabel>
          <span className="block font-medium text-text">{person.name}</span>
          {person.email} · {person.role}
        </MenuLabel>
        <MenuSeparator />
        <MenuItem asChild>
          <Link href="/account">
            <CircleUser aria-hidden />
            Account
          </Link>
        </MenuItem>
        {person.role === "admin" && (
          <MenuItem asChild>
            <Link href="/admin/notifications">
              <Send aria-hidden />
              Notification channels
            </Link>
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuLabel>Theme</MenuLabel>
        <MenuRadioGroup value={theme} onValueChange={change}>
          <MenuRadioItem value="light">Light</MenuRadioItem>
          <MenuRadioItem value="dark">Dark</MenuRadioItem>
          <MenuRadioItem value="system">As the system</MenuRadioItem>
        </MenuRadioGroup>
        <MenuSeparator />
        <MenuItem onSelect={() => startTransition(async () => void (await signOut()))}>
          <LogOut aria-hidden />
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
