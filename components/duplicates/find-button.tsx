"use client";

import { ScanSearch } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { findDuplicatesAction } from "@/app/(dashboard)/reports/duplicates/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button, buttonClass } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

type Props = {
  /** The search that is under way. */
  jobId: string | null;
  hasLooked: boolean;
};

/** Has the worker look the catalogue through. */
export function FindButton({ jobId, hasLooked }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  if (jobId !== null) {
    return (
      <Link href={`/jobs/${jobId}`} className={buttonClass()}>
        Looking… open the job
      </Link>
    );
  }

  function find() {
    startTransition(async () => {
      const result = await answerOf(findDuplicatesAction({}));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      const href = `/jobs/${result.data.jobId}`;
      await showToast("Looking the catalogue through for duplicates", {
        action: { label: "Open the job", onClick: () => router.push(href) },
      });
    });
  }

  return (
    <Button variant={hasLooked ? "default" : "primary"} onClick={find} disabled={isPending}>
      <ScanSearch aria-hidden />
      {hasLooked ? "Look again" : "Look for duplicates"}
    </Button>
  );
}
