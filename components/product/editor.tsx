"use client";

import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  startTransition,
  use,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { proposeProductAction, saveProductAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { showToast } from "@/components/ui/toast";
import type { ProductView } from "@/lib/catalog/get-product";
import type { FieldConflict } from "@/lib/catalog/product-changes";
import { formatPlural } from "@/lib/format";
import { forgetDrafts, rememberDrafts, rememberedDrafts } from "./draft-memory";
import { type DraftAction, type DraftState, editsOf, errorsByLine, NO_DRAFTS, reduceDrafts } from "./drafts";
import { focusLine } from "./focus-line";
import { type Line, linesOf } from "./lines";

interface Editor {
  product: ProductView;
  /** Values can be typed: to be saved, or by who may not save, to be proposed. */
  canEdit: boolean;
  /** Everything else can be done too: metafields, pictures, what a feed says. */
  canManage: boolean;
  isProposing: boolean;
  setProposing: (isProposing: boolean) => void;
  lines: Map<string, Line>;
  state: DraftState;
  isSaving: boolean;
  dispatch: (action: DraftAction) => void;
  /** True when everything typed has been saved. */
  save: () => Promise<boolean>;
  discard: () => void;
}

/** Read by `useEditor`; narrowed to one line by LineScope. */
export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error("useEditor is called outside a ProductEditor");
  return editor;
}

type Props = { product: ProductView; canManage: boolean; children: ReactNode };

/** Holds what is typed on a product's page until it is saved, over refusals, conflicts and reloads. */
export function ProductEditor({ product, canManage, children }: Props) {
  const router = useRouter();
  const [state, dispatch] = useReducer(reduceDrafts, NO_DRAFTS);
  // Not a transition: those wait for the page's own refresh, and the next save would have to wait with them.
  const [isSaving, setSaving] = useState(false);
  const [isProposing, setProposing] = useState(false);
  const canEdit = canManage || isProposing;
  const lines = useMemo(() => linesOf(product), [product]);
  const { drafts } = state;

  useEffect(
    function bringBackWhatWasTyped() {
      const remembered = canEdit ? rememberedDrafts(product.id) : null;
      if (remembered) dispatch({ kind: "restore", drafts: remembered });
    },
    [product.id, canEdit],
  );

  useEffect(
    function keepWhatIsTyped() {
      if (Object.keys(drafts).length > 0) rememberDrafts(product.id, drafts);
    },
    [product.id, drafts],
  );

  const discard = useCallback(() => {
    forgetDrafts(product.id);
    dispatch({ kind: "discard" });
  }, [product.id]);

  const save = useCallback(async () => {
    const { errors, changes, metafields } = editsOf(lines, drafts);
    const wrong = Object.keys(errors);
    if (wrong.length > 0) {
      dispatch({ kind: "refused", errors, failure: "Nothing was saved: correct the marked fields." });
      focusLine(wrong[0]);
      return false;
    }
    const edits = { id: product.id, changes, metafields };
    const result = await (isProposing ? answerOf(proposeProductAction(edits)) : answerOf(saveProductAction(edits)));
    if (result.ok && "number" in result.data) {
      const { number } = result.data;
      forgetDrafts(product.id);
      setProposing(false);
      startTransition(() => dispatch({ kind: "discard" }));
      void showToast(`Proposed as run ${number}: a manager answers it.`, {
        action: { label: "Open it", onClick: () => router.push(`/syncs/${number}`) },
      });
      return true;
    }
    if (result.ok) {
      forgetDrafts(product.id);
      startTransition(() => dispatch({ kind: "saved", sent: drafts }));
      void showToast(`Saved ${formatPlural(Object.keys(drafts).length, "change")}.`);
      return true;
    }
    const { code, message, fields, details } = result.error;
    const conflicts = code === "conflict" ? conflictsOf(details) : [];
    if (conflicts.length > 0) {
      // The choice must be in the page before it can take the focus.
      flushSync(() => dispatch({ kind: "conflicted", conflicts, failure: message }));
      router.refresh();
      focusLine(conflicts[0]?.field);
    } else {
      const perLine = errorsByLine(fields);
      dispatch({ kind: "refused", errors: perLine, failure: message });
      focusLine(Object.keys(perLine)[0]);
    }
    return false;
  }, [lines, drafts, product.id, router, isProposing]);

  const saveOnce = useCallback(async () => {
    setSaving(true);
    try {
      return await save();
    } finally {
      setSaving(false);
    }
  }, [save]);

  const editor = useMemo(
    () => ({
      ...{ product, canEdit, canManage, isProposing, setProposing },
      ...{ lines, state, isSaving, dispatch, save: saveOnce, discard },
    }),
    [product, canEdit, canManage, isProposing, lines, state, isSaving, saveOnce, discard],
  );
  return <EditorContext value={editor}>{children}</EditorContext>;
}

function conflictsOf(details: unknown): FieldConflict[] {
  // The server's own shape for `conflict` (FieldConflict); other conflicts carry none.
  return typeof details === "object" && details !== null && "conflicts" in details
    ? (details.conflicts as FieldConflict[])
    : [];
}
