"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { retypeDefinitionAction } from "@/app/(dashboard)/metafields/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Select } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import type { DefinitionView } from "@/lib/metafields/definitions/queries";
import { usesWords } from "@/lib/metafields/definitions/uses-words";
import { codecOf, METAFIELD_TYPES } from "@/lib/metafields/types";

/** Of which type it is, and how many products have it: with the first value its type is fixed. */
export function TypeLine({ definition, mayEdit }: { definition: DefinitionView; mayEdit: boolean }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const { id, type, version, uses } = definition;
  const isLocked = uses > 0 || !mayEdit;

  function retype(next: string) {
    startTransition(async () => {
      const result = await answerOf(retypeDefinitionAction({ id, version, type: next }));
      if (!result.ok) await showToast(result.error.message, { tone: "error" });
      router.refresh();
    });
  }

  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-4 gap-y-1 border-b pb-3">
      <dt className="text-muted">Type</dt>
      <dd className="flex flex-wrap items-center gap-2">
        {isLocked ? (
          <>
            {codecOf(type).label}
            <span className="mono text-muted">{type}</span>
            {uses > 0 && <span className="text-xs text-faint">fixed, since products have it</span>}
          </>
        ) : (
          <Select
            aria-label="Type"
            className="w-auto"
            value={type}
            disabled={isPending}
            onChange={(event) => retype(event.target.value)}
          >
            {METAFIELD_TYPES.map((one) => (
              <option key={one} value={one}>
                {codecOf(one).label}
              </option>
            ))}
          </Select>
        )}
      </dd>
      <dt className="text-muted">Products</dt>
      <dd className="tabular">{uses === 0 ? "none has it yet" : usesWords(uses)}</dd>
    </dl>
  );
}
