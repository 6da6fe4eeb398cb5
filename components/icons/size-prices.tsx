"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { SizeDraft } from "./endpoint-draft";

type Props = {
  sizes: SizeDraft[];
  currency: string;
  errors: Record<string, string>;
  onChange: (sizes: SizeDraft[]) => void;
};

/** What the endpoint makes, and what a picture of each size costs. */
export function SizePrices({ sizes, currency, errors, onChange }: Props) {
  const set = (at: number, change: Partial<SizeDraft>) =>
    onChange(sizes.map((size, place) => (place === at ? { ...size, ...change } : size)));
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-xs font-medium text-muted">Sizes it makes, and the price of one picture</legend>
      {sizes.map(({ id, pixels, price }, at) => {
        const problem = errors[`endpoint.sizes.${at}.pixels`] ?? errors[`endpoint.sizes.${at}.priceMicros`];
        return (
          <div key={id} className="grid gap-0.5">
            <div className="flex items-center gap-2">
              <Input
                aria-label={`Size ${at + 1} in pixels`}
                aria-invalid={problem ? true : undefined}
                inputMode="numeric"
                className="tabular w-20 text-right"
                value={pixels}
                onChange={(event) => set(at, { pixels: event.target.value })}
              />
              <span className="text-muted">px</span>
              <Input
                aria-label={`Price of size ${at + 1}, ${currency}`}
                aria-invalid={problem ? true : undefined}
                inputMode="decimal"
                placeholder="unknown"
                className="tabular w-24 text-right"
                value={price}
                onChange={(event) => set(at, { price: event.target.value })}
              />
              <span className="text-muted">{currency}</span>
              {sizes.length > 1 && (
                <Button
                  variant="ghost"
                  aria-label={`Remove size ${at + 1}`}
                  onClick={() => onChange(sizes.filter((_, place) => place !== at))}
                >
                  <X aria-hidden />
                </Button>
              )}
            </div>
            {problem && (
              <p role="alert" className="text-xs text-red">
                {problem}
              </p>
            )}
          </div>
        );
      })}
      {errors["endpoint.sizes"] && (
        <p role="alert" className="text-xs text-red">
          {errors["endpoint.sizes"]}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          onClick={() =>
            onChange([...sizes, { id: Math.max(...sizes.map(({ id }) => id)) + 1, pixels: "", price: "" }])
          }
        >
          <Plus aria-hidden />
          Add a size
        </Button>
        <span className="text-xs text-muted">
          An icon is asked for in the smallest size that is no smaller, then scaled. Without a price no ceiling holds.
        </span>
      </div>
    </fieldset>
  );
}
