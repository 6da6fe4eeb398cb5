"use client";

import { type FormEvent, type ReactElement, useState, useTransition } from "react";
import { fetchPictureAction } from "@/app/(dashboard)/products/[id]/picture-actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

type Props = { trigger: ReactElement; defaultOpen: true; productId: string; onAdded: (imageId: number) => void };

/** Asks for a picture's address and has the server fetch it now. */
export function PictureFromAddress({ trigger, defaultOpen, productId, onAdded }: Props) {
  const [isOpen, setOpen] = useState(Boolean(defaultOpen));
  const [address, setAddress] = useState("");
  const [error, setError] = useState<string>();
  const [isFetching, startFetching] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isFetching) return;
    startFetching(async () => {
      const result = await answerOf(fetchPictureAction({ productId, address }));
      if (!result.ok) return setError(result.error.fields?.address ?? result.error.message);
      setError(undefined);
      setAddress("");
      setOpen(false);
      onAdded(result.data.imageId);
    });
  }

  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Add a picture from an address" align="end">
        <form onSubmit={submit} className="grid gap-2.5">
          <Field
            label="The picture's address"
            error={error}
            help="Fetched once and kept here: JPEG, PNG, WebP, GIF or AVIF, up to 20 MB."
          >
            {(control) => (
              <Input
                {...control}
                type="url"
                required
                autoFocus
                placeholder="https://…"
                value={address}
                onChange={(event) => setAddress(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" variant="primary" aria-disabled={isFetching} className="justify-self-end">
            {isFetching ? "Fetching…" : "Fetch"}
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}
