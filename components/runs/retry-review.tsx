import { Checkbox } from "@/components/ui/input";

type Props = { autoApprove: boolean; onChange: (autoApprove: boolean) => void };

/** Whether what a retry finds goes in at once. */
export function RetryReview({ autoApprove, onChange }: Props) {
  return (
    <label className="flex items-start gap-2">
      <Checkbox checked={autoApprove} onChange={(event) => onChange(event.target.checked)} className="mt-0.5" />
      <span>
        Apply without review
        <span className="block text-xs text-muted">
          A price beyond the source's limit still waits, and so does a row that may be several products.
        </span>
      </span>
    </label>
  );
}
