"use client";

import type { ReactNode } from "react";
import { useRowKeys } from "./use-row-keys";

/** The body of a table that the server wrote: J and K walk its `row-link`s. */
export function LedgerBody({ children }: { children: ReactNode }) {
  return <tbody ref={useRowKeys()}>{children}</tbody>;
}
