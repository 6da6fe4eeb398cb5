"use client";

import { useRouter } from "next/navigation";
import {
  createViewAction,
  deleteViewAction,
  setDefaultViewAction,
  updateViewAction,
} from "@/app/(dashboard)/catalog/view-actions";
import { showToast } from "@/components/ui/toast";
import { productListHref, withoutFilters } from "@/lib/catalog/product-search";
import type { Failure } from "@/lib/failure";
import type { ViewChoice } from "@/lib/views/list-views";
import type { ViewMenuProps } from "./view-menu";

const UNREACHABLE = "The server can't be reached. Nothing was saved; try again.";

/** Of what was typed wrong the field's own sentence. */
function wordsOf(failure: Failure | undefined) {
  return Object.values(failure?.fields ?? {})[0] ?? failure?.message ?? UNREACHABLE;
}

/** What one can do with views; each says what came of it. */
export function useViews({ base, search, view }: ViewMenuProps, close: () => void) {
  const router = useRouter();
  const query = productListHref("", { ...search, view: undefined, after: undefined, before: undefined }).slice(1);
  const plain = { ...withoutFilters(search), columns: undefined, sort: "name", dir: "asc", size: 50 } as const;

  async function create(input: { name: string; isShared: boolean }) {
    const result = await createViewAction({ ...input, query }).catch(() => null);
    if (!result?.ok) return wordsOf(result?.error);
    close();
    void showToast(`Kept as “${input.name}”`);
    router.push(`${base}?view=${result.data.id}`, { scroll: false });
    return undefined;
  }

  async function update(
    { id, version, name }: ViewChoice,
    changes: { name?: string; query?: string; isShared?: boolean },
  ) {
    const result = await updateViewAction({ id, version, ...changes }).catch(() => null);
    if (!result?.ok) {
      const message = wordsOf(result?.error);
      if (changes.name === undefined) void showToast(message, { tone: "error" });
      router.refresh();
      return message;
    }
    close();
    void showToast(`Saved “${changes.name ?? name}”`);
    router.refresh();
    return undefined;
  }

  async function remove({ id, version, name }: ViewChoice) {
    const result = await deleteViewAction({ id, version }).catch(() => null);
    if (!result?.ok) {
      void showToast(result?.error.message ?? UNREACHABLE, { tone: "error" });
      return router.refresh();
    }
    close();
    router.push(productListHref(base, { ...search, view: "none" }), { scroll: false });
    const undo = async () => {
      const back = await createViewAction(result.data).catch(() => null);
      if (!back?.ok) return showToast(back?.error.message ?? UNREACHABLE, { tone: "error" });
      router.push(`${base}?view=${back.data.id}`, { scroll: false });
    };
    void showToast(`Deleted the view “${name}”`, { action: { label: "Undo", onClick: () => void undo() } });
  }

  async function setDefault(chosen: ViewChoice | null) {
    const result = await setDefaultViewAction({ id: chosen?.id ?? null }).catch(() => null);
    if (!result?.ok) return void showToast(result?.error.message ?? UNREACHABLE, { tone: "error" });
    close();
    void showToast(chosen ? `Your catalogue opens with “${chosen.name}”` : "Your catalogue opens with all products");
    // The address would say nothing of it any more.
    if (chosen === null && view) router.replace(`${base}?view=${view.id}`, { scroll: false });
    router.refresh();
  }

  return { query, plain, create, update, remove, setDefault };
}
