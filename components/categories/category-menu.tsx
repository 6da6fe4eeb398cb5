"use client";

import { Ellipsis } from "lucide-react";
import { useRouter } from "next/navigation";
import type { CategoryCommand, CommandedCategory } from "@/components/catalog/category-command";
import { useCategoryCommands } from "@/components/catalog/use-category-commands";
import { Button } from "@/components/ui/button";
import { type IntentProps, OnIntent } from "@/components/ui/on-intent";

type Props = { category: CommandedCategory; isActive: boolean };
export type CategoryMenuItems = IntentProps & Props & { onAsk: (command: CategoryCommand) => void };

const load = () => import("./category-menu-items").then((module) => module.CategoryMenuItems);

/** What can be done with the category as a whole, on its own page. */
export function CategoryMenu({ category, isActive }: Props) {
  const router = useRouter();
  const { ask, dialog } = useCategoryCommands((changed) => {
    // Merged, it is gone: its page is the other's.
    if (changed && changed.id !== category.id && !changed.isQueued) router.push(`/categories/${changed.id}`);
  });
  return (
    <>
      <OnIntent load={load} opens="menu" props={{ category, isActive, onAsk: (command) => void ask(command) }}>
        <Button>
          <Ellipsis aria-hidden />
          Change
        </Button>
      </OnIntent>
      {dialog}
    </>
  );
}
