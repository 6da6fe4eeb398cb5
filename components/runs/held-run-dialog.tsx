"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { approveRunAction } from "@/app/(dashboard)/syncs/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import { isConfirmed, type TypedConfirmation, typedConfirmation } from "@/lib/sync/typed-confirmation";
import { HeldReasons } from "./held-reasons";

/** From so many changes on, letting a held run pass is typed. */
const TYPED_FROM = 50;

type Props = IntentProps & { runId: string; changes: number; shownAt: string; reason: string };

/** Shows why guards hold a run before it may pass; the audit trail keeps who let it, and against what. */
export function HeldRunDialog({ runId, changes, shownAt, reason, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [word, setWord] = useState("");
  const [isWrong, setWrong] = useState(false);
  const { submit, isPending, error } = useAction(approveRunAction);
  const asked = typedConfirmation(reason);
  const confirmation = asked?.words ?? `apply ${changes}`;
  const isTyped = asked !== null || changes >= TYPED_FROM;
  const said = wordsOf(asked, changes);

  function approve(event: FormEvent) {
    event.preventDefault();
    const isRight = asked === null ? word.trim().toLowerCase() === confirmation : isConfirmed(asked, word);
    if (isTyped && !isRight) return setWrong(true);
    submit({ runId, shownAt, seenReason: reason, confirmation: word }, ({ jobId }) => {
      setOpen(false);
      void showToast(said.toast, {
        action: { label: "Open the job", onClick: () => router.push(`/jobs/${jobId}`) },
      });
      router.refresh();
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={said.title}
        description={`${said.description} Your name is kept with it.`}
        className="w-[min(38rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Keep it held</Button>
            </DialogClose>
            <Button
              type="submit"
              form="held-run"
              variant={asked?.deed === "delete" ? "danger" : "primary"}
              aria-disabled={isPending}
            >
              {isPending ? "Approving…" : said.button}
            </Button>
          </>
        }
      >
        <form id="held-run" onSubmit={approve} className="grid gap-3">
          <HeldReasons reason={reason} />
          {isTyped && (
            <Field
              label={`Type "${confirmation}" to confirm`}
              error={isWrong ? `Type "${confirmation}" to go on.` : undefined}
            >
              {(control) => (
                <Input {...control} value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" />
              )}
            </Field>
          )}
          {error && (
            <p role="alert" className="text-red">
              {error.message}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

function wordsOf(asked: TypedConfirmation | null, changes: number) {
  const products = formatPlural(changes, "product");
  switch (asked?.deed) {
    case "archive":
      return {
        title: `Archive ${products}?`,
        description: "Archived products leave the lists and keep everything they have.",
        button: `Apply ${formatPlural(changes, "change")}`,
        toast: `Archiving ${products}`,
      };
    case "delete":
      return {
        title: `Delete ${products} for good?`,
        description: "They leave the catalogue with everything they have. The run's backup can restore them.",
        button: `Delete ${products}`,
        toast: `Deleting ${products}`,
      };
    default:
      return {
        title: `Let ${formatPlural(changes, "change")} pass?`,
        description: "This run is beyond the limits of its source.",
        button: `Apply ${formatPlural(changes, "change")}`,
        toast: `Applying ${formatPlural(changes, "change")}`,
      };
  }
}
