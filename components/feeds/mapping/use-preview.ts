"use client";

import { useEffect, useState } from "react";
import { previewMappingAction } from "@/app/(dashboard)/feeds/[id]/mapping/actions";
import { answerOf } from "@/components/ui/answer-of";
import type { Mapping } from "@/lib/feeds/mapping";
import type { MappingPreview } from "@/lib/feeds/mapping/preview";

/** How long typing must rest before the server is asked, in milliseconds. */
const REST_MS = 300;

export type PreviewState =
  | { is: "loading"; last: MappingPreview | null }
  | { is: "shown"; last: MappingPreview }
  | { is: "failed"; last: MappingPreview | null; reason: string };

/** The first rows of the real file as the draft would stage them, asked anew whenever the draft rests. */
export function usePreview(sourceId: string, draft: Mapping): PreviewState {
  const [state, setState] = useState<PreviewState>({ is: "loading", last: null });
  useEffect(
    function askTheServer() {
      let isCurrent = true;
      const timer = setTimeout(async () => {
        setState(({ last }) => ({ is: "loading", last }));
        const answer = await answerOf(previewMappingAction({ sourceId, mapping: draft }));
        if (!isCurrent) return;
        if (answer.ok) setState({ is: "shown", last: answer.data });
        else setState(({ last }) => ({ is: "failed", last, reason: answer.error.message }));
      }, REST_MS);
      return () => {
        isCurrent = false;
        clearTimeout(timer);
      };
    },
    [sourceId, draft],
  );
  return state;
}
