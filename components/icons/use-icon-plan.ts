import { useEffect, useState } from "react";
import { planIconsAction } from "@/app/(dashboard)/icons/new/actions";
import type { IconRequest } from "@/lib/icons/icon-request";
import type { PlanWithSamples } from "@/lib/icons/plan-with-samples";

/** Between the last change and the question, in milliseconds. */
const PAUSE_MS = 200;

export type PlanState =
  | { kind: "asking"; last: PlanWithSamples | null }
  | { kind: "told"; told: PlanWithSamples }
  | { kind: "refused"; why: string; fields: Record<string, string> };

/** The plan of a request, asked for anew as it changes; null where nothing is chosen to be made. */
export function useIconPlan(request: IconRequest | null): PlanState | null {
  const [state, setState] = useState<PlanState>({ kind: "asking", last: null });
  const text = request && JSON.stringify(request);

  useEffect(
    function askForPlan() {
      if (text === null) return;
      let isCurrent = true;
      setState((now) => ({
        kind: "asking",
        last: now.kind === "told" ? now.told : now.kind === "asking" ? now.last : null,
      }));
      const timer = setTimeout(async () => {
        const result = await planIconsAction(JSON.parse(text)).catch(() => null);
        if (!isCurrent) return;
        if (result?.ok) setState({ kind: "told", told: result.data });
        else {
          const why = result?.error.message ?? "The server can't be reached. Change something to try again.";
          setState({ kind: "refused", why, fields: result?.error.fields ?? {} });
        }
      }, PAUSE_MS);
      return () => {
        isCurrent = false;
        clearTimeout(timer);
      };
    },
    [text],
  );

  return request === null ? null : state;
}
