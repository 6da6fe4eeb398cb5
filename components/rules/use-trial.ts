import { useEffect, useState } from "react";
import { tryRuleAction } from "@/app/(dashboard)/feeds/rules/actions";
import { answerOf } from "@/components/ui/answer-of";
import type { RuleTrial } from "@/lib/sync/approval-rules/queries";
import type { RuleInput } from "@/lib/sync/approval-rules/rule-input";

/** A pause in typing this long asks the server, in milliseconds. */
const PAUSE_MS = 350;

const UNREADABLE = "not a number";

/** What a draft of a rule would have let pass; null while it can't be tried. */
export function useTrial(draft: RuleInput, replaces: string | undefined): RuleTrial[] | null {
  const [trials, setTrials] = useState<RuleTrial[] | null>(null);
  const name = draft.name.trim().length < 3 ? "Draft" : draft.name;
  const asked = JSON.stringify({ ...draft, name }, (_, value) => (Number.isNaN(value) ? UNREADABLE : value));

  useEffect(
    function tryDraft() {
      let isStale = false;
      const timer = setTimeout(async () => {
        // What is no number yet is nothing to try; the form says so when it is sent.
        if (asked.includes(UNREADABLE)) return setTrials(null);
        // It is what stands above, and the action parses it again.
        const result = await answerOf(tryRuleAction({ rule: JSON.parse(asked) as RuleInput, replaces }));
        if (!isStale) setTrials(result.ok ? result.data : null);
      }, PAUSE_MS);
      return () => {
        isStale = true;
        clearTimeout(timer);
      };
    },
    [asked, replaces],
  );
  return trials;
}
