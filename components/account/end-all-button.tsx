"use client";

import { Button } from "@/components/ui/button";
import type { Result } from "@/lib/action";
import { useAction } from "./use-action";

type Props = { endAll: (input: Record<string, never>) => Promise<Result<void>> };

export function EndAllButton({ endAll }: Props) {
  const { submit, isPending, error } = useAction(endAll);
  return (
    <>
      <Button variant="danger" aria-disabled={isPending} onClick={() => submit({})}>
        {isPending ? "Signing out…" : "Sign out everywhere"}
      </Button>
      {error && (
        <p role="alert" className="mt-1 text-xs text-red">
          {error.message}
        </p>
      )}
    </>
  );
}
