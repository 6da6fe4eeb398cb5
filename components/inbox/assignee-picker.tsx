"use client";

import { assignAction } from "@/app/(dashboard)/inbox/actions";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { useAnswer } from "./answer-call";
import type { Me, Person } from "./me";

type Props = { subject: string; assignee: Person | null; people: Person[]; me: Me };

/** Who looks after it: managers give to anybody, staff take and give back. */
export function AssigneePicker({ subject, assignee, people, me }: Props) {
  const { send } = useAnswer();
  const give = (assigneeId: string | null) =>
    send(
      () => assignAction({ subjects: [subject], assigneeId }),
      () => (assigneeId === null ? "Nobody looks after it now." : `${nameOf(people, assigneeId, me)} it now.`),
    );
  if (!me.mayAnswer) {
    const isMine = assignee?.id === me.id;
    return (
      <p className="flex items-center gap-2">
        <span className="text-muted">
          {assignee ? `${isMine ? "You look" : `${assignee.name} looks`} after it.` : "Nobody looks after it."}
        </span>
        {(isMine || !assignee) && (
          <Button size="small" onClick={() => give(isMine ? null : me.id)}>
            {isMine ? "Give it back" : "Take it"}
          </Button>
        )}
      </p>
    );
  }
  return (
    <Field label="Who looks after it">
      {(control) => (
        <Select {...control} value={assignee?.id ?? ""} onChange={(event) => give(event.target.value || null)}>
          <option value="">Nobody</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
              {person.id === me.id ? " (me)" : ""}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function nameOf(people: Person[], id: string, me: Me) {
  if (id === me.id) return "You look after";
  return `${people.find((person) => person.id === id)?.name ?? "They"} looks after`;
}
