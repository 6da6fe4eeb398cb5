"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** Asks for the product as it was: the reader's own clock, the address carries UTC. */
export function AsOfForm({ productId }: { productId: string }) {
  const router = useRouter();
  const id = useId();
  const [error, setError] = useState<string>();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const at = new Date(String(new FormData(event.currentTarget).get("at")));
    if (Number.isNaN(at.getTime())) return setError("Choose a day and a time.");
    if (at > new Date()) return setError("This time is still to come.");
    router.push(`/products/${productId}?as_of=${at.toISOString()}`);
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-center gap-2 border-b border-line-soft py-2">
      <label htmlFor={id} className="text-muted">
        See it as of
      </label>
      <Input
        id={id}
        name="at"
        type="datetime-local"
        className="w-52"
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      <Button type="submit">Show</Button>
      {error && (
        <p id={`${id}-error`} role="alert" className="text-red">
          {error}
        </p>
      )}
    </form>
  );
}
