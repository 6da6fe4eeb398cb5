"use client";

import { undoAnswerAction } from "@/app/(dashboard)/inbox/actions";
import { Button } from "@/components/ui/button";
import { useAnswer } from "./answer-call";

type Props = { aliasId: number; code: string };

/** The source's next run asks again; what the answer wrote stays. */
export function UndoAnswer({ aliasId, code }: Props) {
  const { send, isPending } = useAnswer();
  return (
    <Button
      size="small"
      className="relative z-10"
      aria-label={`Take back the answer about ${code}`}
      aria-disabled={isPending}
      onClick={() =>
        send(
          () => undoAnswerAction({ aliasId }),
          ({ key }) => `Taken back. The next run asks about ${key} again.`,
        )
      }
    >
      Take back
    </Button>
  );
}
