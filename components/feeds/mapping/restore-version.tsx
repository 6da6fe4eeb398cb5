"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { restoreMappingAction } from "@/app/(dashboard)/feeds/[id]/mapping/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

type Props = { sourceId: string; version: number; baseVersion: number };

export function RestoreVersion({ sourceId, version, baseVersion }: Props) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  async function restore() {
    setBusy(true);
    const answer = await answerOf(restoreMappingAction({ sourceId, version, baseVersion }));
    setBusy(false);
    if (!answer.ok) return void showToast(answer.error.message, { tone: "error" });
    void showToast(`Version ${answer.data.version} is as version ${version} was`);
    router.push(`/feeds/${sourceId}/mapping`);
  }
  return (
    <Button size="small" className="ml-auto" onClick={restore} disabled={isBusy}>
      Put in force again
    </Button>
  );
}
