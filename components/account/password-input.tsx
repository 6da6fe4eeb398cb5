"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type KeyboardEvent, useState } from "react";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/class-names";

/** A password field that can be shown, and says when caps lock is on. */
export function PasswordInput({ className, ...props }: Omit<ComponentProps<"input">, "type">) {
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  const noteCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  return (
    <>
      <div className="relative">
        <Input
          {...props}
          type={isShown ? "text" : "password"}
          onKeyDown={noteCapsLock}
          onKeyUp={noteCapsLock}
          onBlur={() => setCapsLock(false)}
          autoCapitalize="none"
          spellCheck={false}
          className={cn("pr-8", className)}
        />
        <button
          type="button"
          aria-label={isShown ? "Hide password" : "Show password"}
          onClick={() => setShown(!isShown)}
          className="absolute inset-y-0 right-0 grid w-8 place-items-center rounded-md text-muted hover:text-text"
        >
          <Icon aria-hidden className="size-[15px]" />
        </button>
      </div>
      <p aria-live="polite" className={cn("text-xs text-amber", !hasCapsLock && "sr-only")}>
        {hasCapsLock && "Caps lock is on."}
      </p>
    </>
  );
}
