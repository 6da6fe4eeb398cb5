"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { requestFetchAction } from "@/app/(dashboard)/feeds/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

type Props = {
  sourceId: string;
  name: string;
  label?: string;
  /** Imports what is there although nothing changed. */
  force?: boolean;
  variant?: "default" | "primary";
  size?: "default" | "small";
};

/** Looks at the source's server now. */
export function FetchButton({ sourceId, name, label = "Fetch now", force = false, variant, size }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  function start() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(requestFetchAction({ sourceId, force }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const { jobId } = result.data;
      await showToast(`Fetching ${name}`, {
        action: { label: "Open the job", onClick: () => router.push(`/jobs/${jobId}`) },
      });
      router.refresh();
    });
  }

  return (
    <Button variant={variant} size={size} onClick={start} aria-disabled={isPending} aria-label={`${label}: ${name}`}>
      <RefreshCw aria-hidden />
      {isPending ? "Starting…" : label}
    </Button>
  );
}
