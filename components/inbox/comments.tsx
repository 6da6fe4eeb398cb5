"use client";

import { type FormEvent, useState } from "react";
import { commentAction } from "@/app/(dashboard)/inbox/actions";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Time } from "@/components/ui/time";
import { useAnswer } from "./answer-call";

type Comment = { id: number; author: string; text: string; createdAt: Date };
type Props = { subject: string; comments: Comment[] };

/** What was said about it. */
export function Comments({ subject, comments }: Props) {
  const { send, isPending } = useAnswer();
  const [text, setText] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!text.trim()) return;
    send(
      () => commentAction({ subject, text }),
      () => "Comment kept.",
      () => setText(""),
    );
  }

  return (
    <section aria-label="Comments" className="grid gap-2">
      {comments.map((comment) => (
        <div key={comment.id} className="text-sm">
          <p className="text-xs text-muted">
            {comment.author}, <Time at={comment.createdAt} />
          </p>
          <p className="whitespace-pre-line [overflow-wrap:anywhere]">{comment.text}</p>
        </div>
      ))}
      <form onSubmit={submit} className="grid gap-2">
        <Field label="Comment">
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              value={text}
              maxLength={2_000}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" size="small" className="justify-self-start" aria-disabled={isPending}>
          {isPending ? "Sending…" : "Comment"}
        </Button>
      </form>
    </section>
  );
}
