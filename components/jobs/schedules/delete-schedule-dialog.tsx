"use client";

import { useRouter } from "next/navigation";
import { deleteScheduleAction } from "@/app/(dashboard)/jobs/schedules/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";

type Props = IntentProps & { schedule: { id: string; name: string; version: number } };

/** Asks first: a schedule that is gone can only be made anew. */
export function DeleteScheduleDialog({ schedule: { id, name, version }, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const { submit, isPending, error } = useAction(deleteScheduleAction);
  function remove() {
    submit({ scheduleId: id, version }, () => {
      void showToast(`${name} is deleted`);
      router.push("/jobs/schedules");
    });
  }
  return (
    <Dialog defaultOpen={defaultOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={`Delete ${name}?`}
        description="Its jobs stay in the list. To stop it for a while, pause it instead."
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="danger" onClick={remove} aria-disabled={isPending}>
              {isPending ? "Deleting…" : "Delete the schedule"}
            </Button>
          </>
        }
      >
        {error && (
          <p role="alert" className="text-red">
            {error.message}
          </p>
        )}
      </DialogContent>
    </Dialog>
  );
}
