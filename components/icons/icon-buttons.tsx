"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useIconAnswers } from "./use-icon-answers";

const RejectIconsDialog = dynamic(() => import("./reject-icons-dialog").then((module) => module.RejectIconsDialog), {
  loading: () => null,
});
const DeleteIconsDialog = dynamic(() => import("./delete-icons-dialog").then((module) => module.DeleteIconsDialog), {
  loading: () => null,
});
const AssignIconsDialog = dynamic(() => import("./assign-icons-dialog").then((module) => module.AssignIconsDialog), {
  loading: () => null,
});

type Props = {
  icon: {
    id: string;
    version: number;
    reviewState: string;
    isShown: boolean;
    fileMissing: boolean;
    hasCategory: boolean;
  };
};

/** What can be done with one icon; the likeliest next step stands out. */
export function IconButtons({ icon }: Props) {
  const router = useRouter();
  const answers = useIconAnswers();
  const [asking, setAsking] = useState<"reject" | "delete" | "assign" | null>(null);
  const icons = [{ id: icon.id, version: icon.version }];
  const shown = icon.isShown ? 1 : 0;
  const close = () => setAsking(null);
  const canActivate = icon.hasCategory && !icon.isShown && !icon.fileMissing && icon.reviewState !== "rejected";
  return (
    <>
      <Button onClick={() => setAsking("delete")}>Delete</Button>
      {!icon.isShown && <Button onClick={() => setAsking("assign")}>Assign</Button>}
      {icon.reviewState !== "rejected" && <Button onClick={() => setAsking("reject")}>Reject</Button>}
      {icon.reviewState !== "approved" && (
        <Button
          variant={canActivate ? "default" : "primary"}
          aria-disabled={answers.isBusy}
          onClick={() => !answers.isBusy && answers.approve(icons)}
        >
          Approve
        </Button>
      )}
      {canActivate && (
        <Button
          variant="primary"
          aria-disabled={answers.isBusy}
          onClick={() => !answers.isBusy && answers.activate(icons)}
        >
          Activate
        </Button>
      )}
      {asking === "reject" && <RejectIconsDialog icons={icons} shown={shown} onClose={close} onDone={close} />}
      {asking === "assign" && <AssignIconsDialog icons={icons} onClose={close} onDone={close} />}
      {asking === "delete" && (
        <DeleteIconsDialog icons={icons} shown={shown} onClose={close} onDone={() => router.push("/icons")} />
      )}
    </>
  );
}
