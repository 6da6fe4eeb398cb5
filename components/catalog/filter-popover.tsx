"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Checkbox, Input, Select } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { FilterNames } from "@/lib/catalog/filter/condition-words";
import { type ProductSearch, productListHref, toPrice } from "@/lib/catalog/product-search";
import { cn } from "@/lib/class-names";
import { BrandPicker } from "./brand-picker";
import { FilterBuilder } from "./filter-builder";
import { readPrice } from "./read-price";

const STATUSES = ["active", "draft", "archived"] as const;
const PARTS = [
  ["quick", "Common"],
  ["conditions", "Any field"],
] as const;
const STOCKS = ["in", "out", "unknown"] as const;

type Props = IntentProps & {
  base: string;
  search: ProductSearch;
  names: FilterNames;
  category: { id: string; hasChildren: boolean } | null;
};

export function FilterPopover({ base, search, names, category, trigger, defaultOpen }: Props) {
  const router = useRouter();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [brand, setBrand] = useState(search.brand);
  const [part, setPart] = useState<"quick" | "conditions">(
    search.conditions.groups.length > 0 ? "conditions" : "quick",
  );
  const [wrongPrice, setWrongPrice] = useState<"priceFrom" | "priceTo">();

  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const priceFrom = readPrice(form.get("priceFrom"));
    const priceTo = readPrice(form.get("priceTo"));
    if (priceFrom === null || priceTo === null) return setWrongPrice(priceFrom === null ? "priceFrom" : "priceTo");
    const changes: Partial<ProductSearch> = {
      brand,
      status: STATUSES.filter((status) => form.getAll("status").includes(status)),
      priceFrom,
      priceTo,
      stock: STOCKS.find((stock) => stock === form.get("stock")),
      image: { yes: true, no: false }[String(form.get("image"))],
      since: String(form.get("since") ?? "") || undefined,
      own: form.get("own") === "yes",
    };
    setOpen(false);
    router.push(productListHref(base, search, changes), { scroll: false });
  }

  const priceError = "Enter a price like 12.50";
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent
        aria-label="Filter"
        className={cn("max-w-[calc(100vw-16px)]", part === "quick" ? "w-80" : "w-[600px]")}
      >
        <fieldset aria-label="What to filter by" className="mb-3 flex w-56 rounded-md border p-0.5">
          {PARTS.map(([id, words]) => (
            <button
              key={id}
              type="button"
              aria-pressed={part === id}
              onClick={() => setPart(id)}
              className="h-6 flex-1 rounded-sm text-xs text-muted hover:text-text aria-pressed:bg-accent-soft aria-pressed:text-accent"
            >
              {words}
            </button>
          ))}
        </fieldset>
        {part === "conditions" && (
          <FilterBuilder
            conditions={search.conditions}
            names={names}
            onCancel={() => setOpen(false)}
            onApply={(conditions) => {
              setOpen(false);
              router.push(productListHref(base, search, { conditions, refused: [] }), { scroll: false });
            }}
          />
        )}
        <form
          hidden={part !== "quick"}
          onSubmit={apply}
          className={part === "quick" ? "grid gap-3" : undefined}
          aria-label="Filter products"
        >
          <BrandPicker categoryId={category?.id} chosen={brand} onChange={setBrand} />
          <fieldset className="grid gap-1">
            <legend className="mb-1 text-xs font-medium text-muted">Status</legend>
            <div className="flex gap-4">
              {STATUSES.map((status) => (
                <label key={status} className="flex items-center gap-1.5">
                  <Checkbox name="status" value={status} defaultChecked={search.status.includes(status)} />
                  {status}
                </label>
              ))}
            </div>
          </fieldset>
          <div className="grid grid-cols-2 gap-3">
            <Field label="Price from" error={wrongPrice === "priceFrom" ? priceError : undefined}>
              {(control) => (
                <Input {...control} name="priceFrom" inputMode="decimal" defaultValue={toPrice(search.priceFrom)} />
              )}
            </Field>
            <Field label="Price to" error={wrongPrice === "priceTo" ? priceError : undefined}>
              {(control) => (
                <Input {...control} name="priceTo" inputMode="decimal" defaultValue={toPrice(search.priceTo)} />
              )}
            </Field>
            <Field label="Stock">
              {(control) => (
                <Select {...control} name="stock" defaultValue={search.stock ?? ""}>
                  <option value="">any</option>
                  <option value="in">in stock</option>
                  <option value="out">out of stock</option>
                  <option value="unknown">unknown</option>
                </Select>
              )}
            </Field>
            <Field label="Image">
              {(control) => (
                <Select
                  {...control}
                  name="image"
                  defaultValue={search.image === undefined ? "" : search.image ? "yes" : "no"}
                >
                  <option value="">any</option>
                  <option value="yes">has one</option>
                  <option value="no">has none</option>
                </Select>
              )}
            </Field>
            <Field label="Updated since">
              {(control) => <Input {...control} type="date" name="since" defaultValue={search.since} />}
            </Field>
          </div>
          {category?.hasChildren && (
            <label className="flex items-center gap-1.5">
              <Checkbox name="own" value="yes" defaultChecked={search.own} />
              Leave out sub-categories
            </label>
          )}
          <div className="flex justify-end gap-2 border-t pt-3">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" variant="primary">
              Show products
            </Button>
          </div>
        </form>
      </PopoverContent>
    </Popover>
  );
}
