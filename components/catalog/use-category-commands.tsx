"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ComponentType, useState } from "react";
import { changeCategoryAction } from "@/app/(dashboard)/categories/actions";
import { showToast } from "@/components/ui/toast";
import type { CategoryOperation } from "@/lib/categories/category-operation";
import type { CategoryChanged } from "@/lib/categories/change-category";
import type { CategoryCommand } from "./category-command";
import type { CategoryDialogProps } from "./category-dialog";

/**
 * Commands on categories: asked for by a dialog that is loaded with the first, or carried out at once; each is told with
 * a way back, and the page follows a category that has another address.
 * @param onDone once the tree has another shape, also after an undo
 */
export function useCategoryCommands(onDone: (changed: CategoryChanged | null) => Promise<void> | void) {
  const router = useRouter();
  const pathname = usePathname();
  const [command, setCommand] = useState<CategoryCommand | null>(null);
  const [Dialog, setDialog] = useState<ComponentType<CategoryDialogProps>>();

  async function ask(asked: CategoryCommand) {
    const { CategoryDialog } = await import("./category-dialog");
    setDialog(() => CategoryDialog);
    setCommand(asked);
  }

  async function done(operation: CategoryOperation, changed: CategoryChanged, name: string, oldPath: string | null) {
    setCommand(null);
    await onDone(changed);
    const here = oldPath && (pathname === `/catalog/${oldPath}` || pathname.startsWith(`/catalog/${oldPath}/`));
    if (here && !changed.isQueued)
      router.replace(`/catalog/${changed.path}${pathname.slice(`/catalog/${oldPath}`.length)}`);
    else router.refresh();
    const { tellChanged } = await import("./tell-changed");
    await tellChanged(operation.kind, name, changed, {
      open: (href) => router.push(href),
      undone: async () => {
        await onDone(null);
        router.refresh();
      },
    });
  }

  /** A change that touches nothing but an order is made at once. */
  async function carryOut(operation: Extract<CategoryOperation, { kind: "move" }>, name: string, path: string) {
    // By hand: `answerOf` is more than the catalogue's first load has left.
    const result = await changeCategoryAction({ operation }).catch(() => null);
    if (result?.ok) await done(operation, result.data, name, path);
    else await showToast(result?.error.message ?? "The server can't be reached.", { tone: "error" });
  }

  const dialog =
    command && Dialog ? (
      <Dialog
        command={command}
        onClose={() => setCommand(null)}
        onChanged={(operation, changed) => {
          const category = command.kind === "create" ? null : command.category;
          const name =
            operation.kind === "create" || operation.kind === "rename" ? operation.name : (category?.name ?? "");
          void done(operation, changed, name, category?.path ?? null);
        }}
      />
    ) : null;
  return { ask, carryOut, dialog };
}
