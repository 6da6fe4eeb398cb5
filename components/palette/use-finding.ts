import { useSearchAnswer } from "@/components/ui/use-search-answer";
import type { Finding } from "@/lib/search/find-anything";

/** What is found for what is typed; the older answer stays until the newer one is there. */
export function useFinding(typed: string) {
  const { asked, answer } = useSearchAnswer<Finding>("/api/palette", typed);
  if (!asked) return { finding: null, isWaiting: false, hasFailed: false };
  const isWaiting = answer?.asked !== asked;
  return { finding: answer?.found ?? null, isWaiting, hasFailed: !isWaiting && answer?.found === null };
}
