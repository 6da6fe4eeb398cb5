"use client";

import { Arrow, Content, Portal, Provider, Root, Trigger } from "radix-ui/tooltip";
import type { ReactElement, ReactNode } from "react";

/**
 * What a control does, on hover and focus. The `title` attribute does for plain facts; this is for icon buttons with a
 * shortcut. Never the only place of something needed.
 */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactElement }) {
  return (
    <Provider delayDuration={400}>
      <Root>
        <Trigger asChild>{children}</Trigger>
        <Portal>
          <Content
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-64 animate-appear rounded-sm bg-text px-2 py-1 text-xs text-bg"
          >
            {text}
            <Arrow className="fill-text" />
          </Content>
        </Portal>
      </Root>
    </Provider>
  );
}
