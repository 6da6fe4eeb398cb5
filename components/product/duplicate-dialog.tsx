"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState, useTransition } from "react";
import { duplicateProductAction } from "@/app/(dashboard)/products/new/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Checkbox, Input } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { COPY_PART_NAMES, COPY_PARTS, type CopyPart } from "@/lib/catalog/new-product";

type Props = IntentProps & { product: { id: string; sku: string; name: string } };

/** A new draft that is like this product in the parts chosen. */
export function DuplicateDialog({ product, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const formId = useId();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [sku, setSku] = useState("");
  const [name, setName] = useState(product.name);
  const [copy, setCopy] = useState<CopyPart[]>([...COPY_PART_NAMES]);
  const [failure, setFailure] = useState<{ message: string; fields?: Record<string, string> }>();
  const [isPending, startTransition] = useTransition();

  function submit(event: FormEvent) {
    event.preventDefault();
    startTransition(async () => {
      const result = await answerOf(duplicateProductAction({ id: product.id, sku, name, copy }));
      if (!result.ok) return setFailure(result.error);
      setOpen(false);
      await showToast(`Made ${result.data.sku}, a draft.`);
      router.push(`/products/${result.data.id}`);
    });
  }

  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={`Duplicate ${product.sku}`}
        description="The new product is a draft. Codes, stock and what feeds know of this one stay with it."
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary" disabled={isPending}>
              {isPending ? "Making…" : "Make duplicate"}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} noValidate className="grid gap-3">
          <Field label="SKU" isRequired error={failure?.fields?.sku}>
            {(control) => (
              <Input
                {...control}
                className="mono"
                autoComplete="off"
                value={sku}
                onChange={(event) => setSku(event.target.value)}
              />
            )}
          </Field>
          <Field label="Name" isRequired error={failure?.fields?.name}>
            {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <fieldset className="grid gap-1.5">
            <legend className="mb-1 text-xs font-medium text-muted">Copy</legend>
            {COPY_PART_NAMES.map((part) => (
              <label key={part} className="flex items-center gap-2">
                <Checkbox
                  checked={copy.includes(part)}
                  onChange={(event) =>
                    setCopy(event.target.checked ? [...copy, part] : copy.filter((other) => other !== part))
                  }
                />
                {COPY_PARTS[part].label}
              </label>
            ))}
          </fieldset>
          {failure && !failure.fields && (
            <p role="alert" className="text-red">
              {failure.message}
            </p>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}
