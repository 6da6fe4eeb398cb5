import { Inbox } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";

export function InboxEmpty({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={Inbox} title="Nothing that waits fits these filters">
        <Link href="/inbox" className="text-accent underline">
          Show all that waits
        </Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Inbox} title="Nothing needs a person">
      Runs to review, rows that name no product, conflicts, refused rows, missing products and failures come here, what
      has waited longest first.
    </EmptyState>
  );
}
