"use client";

import { useState } from "react";
import { OnIntent } from "@/components/ui/on-intent";
import type { CategoryChoice } from "@/lib/categories/list-category-choices";
import { useEditor } from "./editor";

type Props = {
  id: string;
  /** The category's id; empty is Uncategorised. */
  value: string;
  className: string;
  onPick: (id: string) => void;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
  "data-unsaved"?: string;
};

/** A category, found by typing a part of its name. */
export function CategoryPicker({ value, onPick, ...button }: Props) {
  const { product } = useEditor();
  const [picked, setPicked] = useState<CategoryChoice | null>(null);
  const known = product.category?.id === value ? product.category.name : picked?.id === value ? picked.name : value;
  function pick(choice: CategoryChoice | null) {
    setPicked(choice);
    onPick(choice?.id ?? "");
  }
  return (
    <OnIntent
      load={() => import("./category-popover").then((module) => module.CategoryPopover)}
      opens="dialog"
      props={{ onPick: pick }}
    >
      <button {...button} type="button" data-choice className={`${button.className} text-left`}>
        {value === "" ? <span className="text-amber">Uncategorised</span> : known}
      </button>
    </OnIntent>
  );
}
