"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { createProductAction, getTemplateAction } from "@/app/(dashboard)/products/new/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormEnd } from "@/components/ui/form-end";
import { Input, Select, Textarea } from "@/components/ui/input";
import { OnIntent } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { useFirstError } from "@/components/ui/use-first-error";
import type { MissingMetafield } from "@/lib/catalog/get-product";
import { fieldInfo, type ProductField } from "@/lib/catalog/product-fields";
import type { CategoryChoice } from "@/lib/categories/list-category-choices";
import { type Line, missingLine } from "./lines";
import { NEW_PRODUCT, type NewProductDraft, newProductOf } from "./new-product-draft";
import { ValueControl } from "./value-control";

type Props = { category: CategoryChoice | null; template: MissingMetafield[]; currency: string };

const NOBODY = { kind: "person", who: "you", run: null, at: null, kept: null } as const;

/** A product made by hand: what it is called, what it costs, and what its category asks of it. */
export function NewProductForm({ category: first, template: firstTemplate, currency }: Props) {
  const router = useRouter();
  const [category, setCategory] = useState(first);
  const [template, setTemplate] = useState(firstTemplate);
  const [draft, setDraft] = useState<NewProductDraft>({ ...NEW_PRODUCT, categoryId: first?.id ?? null });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const form = useFirstError(errors);
  const lines = template.map((missing) => missingLine(missing, NOBODY));

  function pick(choice: CategoryChoice | null) {
    setCategory(choice);
    setDraft((now) => ({ ...now, categoryId: choice?.id ?? null }));
    startTransition(async () => {
      const result = await answerOf(getTemplateAction({ categoryId: choice?.id ?? null }));
      if (result.ok) setTemplate(result.data);
      else setFailure(result.error.message);
    });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    const { errors: wrong, input } = newProductOf(draft, lines);
    setErrors(wrong);
    setFailure(undefined);
    if (Object.keys(wrong).length > 0) return;
    startTransition(async () => {
      const result = await answerOf(createProductAction(input));
      if (!result.ok) {
        setErrors(byField(result.error.fields));
        if (!result.error.fields) setFailure(result.error.message);
        return;
      }
      await showToast(`Made ${result.data.sku}.`);
      router.push(`/products/${result.data.id}`);
    });
  }
  const text = (field: ProductField, more: { help?: string; unit?: string } = {}) => (
    <TextField
      key={field}
      field={field}
      {...more}
      value={draft.typed[field] ?? ""}
      error={errors[field]}
      onChange={(value) => setDraft({ ...draft, typed: { ...draft.typed, [field]: value } })}
    />
  );

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid w-full max-w-[720px] gap-4 px-4 pt-1 pb-12">
      {text("name")}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="SKU"
          isRequired
          error={errors.sku}
          help="Unique; it is what people and feeds call the product by."
        >
          {(control) => (
            <Input
              {...control}
              className="mono"
              autoComplete="off"
              value={draft.sku}
              onChange={(event) => setDraft({ ...draft, sku: event.target.value })}
            />
          )}
        </Field>
        <Field label="UPC / EAN" error={errors.upc} help="Feeds find the product by it.">
          {(control) => (
            <Input
              {...control}
              className="mono"
              inputMode="numeric"
              autoComplete="off"
              value={draft.upc}
              onChange={(event) => setDraft({ ...draft, upc: event.target.value })}
            />
          )}
        </Field>
        <Field label="Category" error={errors.categoryId} help={category?.above.join(" › ")}>
          {(control) => (
            <OnIntent
              load={() => import("./category-popover").then((module) => module.CategoryPopover)}
              opens="dialog"
              props={{ onPick: pick }}
            >
              <Button {...control} className="justify-start">
                {category ? category.name : <span className="text-amber">Uncategorised</span>}
              </Button>
            </OnIntent>
          )}
        </Field>
        <Field label="Status">
          {(control) => (
            <Select
              {...control}
              value={draft.status}
              onChange={(event) => setDraft({ ...draft, status: event.target.value === "active" ? "active" : "draft" })}
            >
              <option value="draft">Draft</option>
              <option value="active">Active</option>
            </Select>
          )}
        </Field>
        {text("priceCents", { unit: currency })}
        {text("costPriceCents", { unit: currency })}
        {text("inventoryQuantity")}
        {text("brand")}
        {text("manufacturer")}
        {text("manufacturerPartNumber")}
      </div>
      {text("shortDescription")}
      {text("description", { help: "Plain text or HTML." })}
      {lines.length > 0 && (
        <fieldset className="grid gap-3 border-t pt-3">
          <legend className="float-left mb-1 w-full text-xs font-semibold text-muted">
            Metafields asked for{category && ` in ${category.name}`}
          </legend>
          {lines.map((line) => (
            <MetafieldInput
              key={line.key}
              line={line}
              typed={draft.metafields[line.key] ?? ""}
              error={errors[line.key]}
              onType={(typed) => setDraft({ ...draft, metafields: { ...draft.metafields, [line.key]: typed } })}
            />
          ))}
        </fieldset>
      )}
      <FormEnd error={failure} isPending={isPending} pending="Making…" size="large">
        Make product
      </FormEnd>
    </form>
  );
}

type TextProps = {
  field: ProductField;
  value: string;
  error: string | undefined;
  help?: string;
  unit?: string;
  onChange: (value: string) => void;
};

function TextField({ field, value, error, help, unit, onChange }: TextProps) {
  const { label, control: kind, required } = fieldInfo(field);
  const change = (event: { target: { value: string } }) => onChange(event.target.value);
  const isNumber = kind === "money" || kind === "integer";
  return (
    <Field label={unit ? `${label}, ${unit}` : label} help={help} error={error} isRequired={required}>
      {(control) =>
        kind === "multiline" || kind === "html" ? (
          <Textarea {...control} rows={kind === "html" ? 6 : 2} value={value} onChange={change} />
        ) : (
          <Input
            {...control}
            value={value}
            onChange={change}
            autoComplete="off"
            inputMode={isNumber ? "decimal" : undefined}
            className={isNumber ? "tabular" : undefined}
          />
        )
      }
    </Field>
  );
}

type MetafieldProps = { line: Line; typed: string; error: string | undefined; onType: (typed: string) => void };

function MetafieldInput({ line, typed, error, onType }: MetafieldProps) {
  return (
    <Field label={line.label} help={line.help} error={error} isRequired={line.isRequired}>
      {(control) => (
        <div className="rounded-md border bg-panel">
          <ValueControl
            line={line}
            typed={typed}
            onType={onType}
            id={control.id}
            isInvalid={control["aria-invalid"]}
            describedBy={control["aria-describedby"]}
          />
        </div>
      )}
    </Field>
  );
}

/** The server's errors by field: `fields.priceCents` is `priceCents`. */
function byField(fields: Record<string, string> = {}) {
  return Object.fromEntries(Object.entries(fields).map(([name, words]) => [name.replace(/^fields\./, ""), words]));
}
