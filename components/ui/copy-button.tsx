"use client";

import { useState } from "react";
import { Button } from "./button";
import { copyText } from "./copy-text";

/** Copies a text that stands beside it. */
export function CopyButton({ text }: { text: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Button size="small" onClick={async () => setCopied(await copyText(text))}>
      {isCopied ? "Copied" : "Copy"}
    </Button>
  );
}
