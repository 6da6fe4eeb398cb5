"use client";

import type { ComponentProps } from "react";
import { cn } from "@/lib/class-names";
import { CategoryPicker } from "./category-picker";
import { type Line, statusWords } from "./lines";

type Props = {
  line: Line;
  typed: string;
  onType: (typed: string) => void;
  id: string;
  isInvalid?: boolean;
  describedBy?: string;
};

const BOX =
  "w-full min-w-0 rounded-md border border-transparent bg-transparent px-[7px] py-[4px] text-text hover:border-line focus-visible:border-accent focus-visible:bg-panel focus-visible:outline-3 focus-visible:outline-offset-0 focus-visible:outline-accent-soft aria-invalid:border-red data-unsaved:border-accent";

/** The control that fits a value's type. Its border shows on hover, focus and while unsaved. */
export function ValueControl({ line, typed, onType, id, isInvalid, describedBy }: Props) {
  const common = {
    id,
    value: typed,
    placeholder: "–",
    "aria-invalid": isInvalid || undefined,
    "aria-describedby": describedBy,
    "data-unsaved": typed === line.edit(line.stored) ? undefined : "",
    className: BOX,
    onChange: (event: { target: { value: string } }) => onType(event.target.value),
  };
  switch (line.control) {
    case "multiline":
    case "list":
    case "html":
      return (
        <textarea
          {...common}
          rows={line.control === "html" && typed !== "" ? 8 : 1}
          className={cn(
            BOX,
            "block field-sizing-content max-h-96 resize-none",
            line.control === "html" && typed !== "" && "mono resize-y",
          )}
        />
      );
    case "money":
    case "number":
      return (
        <span className="flex items-center gap-1.5">
          <input
            {...common}
            inputMode="decimal"
            autoComplete="off"
            className={cn(BOX, "tabular w-auto min-w-12 max-w-full field-sizing-content")}
          />
          {line.unit && <span className="text-muted">{line.unit}</span>}
        </span>
      );
    case "yes-no":
      return (
        <Choices
          {...common}
          choices={[
            ["true", "Yes"],
            ["false", "No"],
          ]}
        />
      );
    case "status":
      return <Choices {...common} choices={["draft", "active", "archived"].map((s) => [s, statusWords(s)])} />;
    case "choice":
      return <Choices {...common} choices={line.choices.map((choice) => [choice, choice])} />;
    case "date":
      return <input {...common} type="date" className={cn(BOX, "tabular w-40")} />;
    case "date-time":
      return (
        <span className="flex items-center gap-1.5">
          <input
            {...common}
            type="datetime-local"
            step={1}
            value={typed.replace(" ", "T")}
            className={cn(BOX, "tabular w-56")}
          />
          <span className="text-muted">UTC</span>
        </span>
      );
    case "color":
      return (
        <span className="flex items-center gap-0.5 pl-2">
          <Swatch value={typed} />
          <input {...common} autoComplete="off" className={cn(BOX, "mono w-32")} />
        </span>
      );
    case "category": {
      const { onChange: _change, placeholder: _none, ...button } = common;
      return <CategoryPicker {...button} onPick={onType} />;
    }
    case "url":
    case "text":
      return <input {...common} autoComplete="off" />;
    default:
      return line.control satisfies never;
  }
}

type ChoicesProps = ComponentProps<"select"> & { choices: string[][]; placeholder: string };

/** A value outside the choices stays choosable: it is what the product has. */
function Choices({ choices, placeholder, ...select }: ChoicesProps) {
  const value = String(select.value);
  const isOdd = !choices.some(([choice]) => choice === value);
  return (
    <select {...select} className={cn(BOX, "w-auto max-w-full pr-6")}>
      {isOdd && <option value={value}>{value || placeholder}</option>}
      {choices.map(([choice, words]) => (
        <option key={choice} value={choice}>
          {words}
        </option>
      ))}
    </select>
  );
}

export function Swatch({ value }: { value: string }) {
  const isColour = /^#[0-9a-f]{6}$/i.test(value);
  return (
    <svg aria-hidden viewBox="0 0 16 16" className="size-4 shrink-0 rounded-sm border">
      {isColour && <rect width="16" height="16" fill={value} />}
    </svg>
  );
}
