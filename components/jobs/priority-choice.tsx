"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { prioritiseJobAction } from "@/app/(dashboard)/jobs/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Select } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";

/** Larger goes first. */
const CHOICES = [
  { value: 100, label: "First of all (100)" },
  { value: 10, label: "Soon (10)" },
  { value: 0, label: "As asked for (0)" },
  { value: -1, label: "After others (-1)" },
  { value: -10, label: "Last (-10)" },
];

/** Which place a waiting job has in the queue. */
export function PriorityChoice({ jobId, priority }: { jobId: string; priority: number }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const choices = CHOICES.some(({ value }) => value === priority)
    ? CHOICES
    : [...CHOICES, { value: priority, label: `As it is (${priority})` }].sort((a, b) => b.value - a.value);

  function choose(to: number) {
    startTransition(async () => {
      const result = await answerOf(prioritiseJobAction({ jobId, from: priority, to }));
      if (!result.ok) await showToast(result.error.message, { tone: "error" });
      router.refresh();
    });
  }

  return (
    <Select
      key={priority}
      aria-label="Priority"
      defaultValue={priority}
      disabled={isPending}
      onChange={(event) => choose(Number(event.target.value))}
      className="w-auto"
    >
      {choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
  );
}
