"use client";

import { useRouter } from "next/navigation";
import { reviewIconsAction } from "@/app/(dashboard)/icons/actions";
import { RejectDialog } from "@/components/runs/reject-dialog";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import type { IconChoice } from "@/lib/icons/icon-choice";
import { leftOutWords } from "./left-out-words";
import { takeBack } from "./take-back";

type Props = {
  icons: IconChoice;
  /** How many of them stand for a category. */
  shown: number;
  onClose: () => void;
  onDone: () => void;
};

/** Asks why icons are turned down. */
export function RejectIconsDialog({ icons, shown, onClose, onDone }: Props) {
  const router = useRouter();
  const down =
    shown === 0
      ? "They stay in the library and can be approved later."
      : `${formatPlural(shown, "category", "categories")} will show no icon until another is chosen.`;
  return (
    <RejectDialog
      what={formatPlural(icons.length, "icon")}
      description={down}
      help="Kept with the icon, for whoever makes the next one."
      verb="Reject"
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      reject={(reason) => reviewIconsAction({ icons, state: "rejected", reason })}
      onRejected={async ({ answered, changedMeanwhile, icons: after }) => {
        onDone();
        router.refresh();
        await showToast(`Rejected ${formatPlural(answered, "icon")}`, {
          description: leftOutWords(changedMeanwhile),
          action: { label: "Undo", onClick: () => takeBack(after, router) },
        });
      }}
    />
  );
}
