"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Button } from "./button";

type Props = {
  title?: string;
  /** What happened and what to do, for people. */
  message?: string;
  /** The reference under which the log has it. */
  reference?: string;
  retry?: () => void;
};

/** Something could not be shown: says so, with a way to try again and the reference of the log. */
export function ErrorState({ title = "This could not be loaded", message, reference, retry }: Props) {
  const router = useRouter();
  function again() {
    startTransition(() => {
      router.refresh();
      retry?.();
    });
  }
  return (
    <div role="alert" className="flex flex-1 flex-col items-center justify-center gap-2 px-6 py-16 text-center">
      <CircleAlert aria-hidden className="mb-1 size-6 text-red" strokeWidth={1.5} />
      <h2 className="text-lg">{title}</h2>
      <p className="max-w-96 text-muted">
        {message ?? "Something went wrong on our side. Nothing was changed. Try again in a moment."}
      </p>
      {reference && <p className="mono text-muted">ref {reference}</p>}
      <Button className="mt-2" onClick={again}>
        <RotateCw aria-hidden />
        Try again
      </Button>
    </div>
  );
}
