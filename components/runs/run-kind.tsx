import { Badge } from "@/components/ui/status";

const WORDS: Record<string, string> = {
  undo: "undo",
  retry: "refused rows again",
  answer: "answers",
  bulk: "bulk edit",
  category: "categories",
  merge: "merge",
  restore: "restore",
  purge: "deletion",
};

/** What sets a run apart from a plain import: a dry run, an undo, what people changed in bulk. */
export function RunKind({ run }: { run: { isDryRun: boolean; trigger: string } }) {
  const words = WORDS[run.trigger];
  return (
    <>
      {words && <Badge>{words}</Badge>} {run.isDryRun && <Badge>dry run</Badge>}
    </>
  );
}
