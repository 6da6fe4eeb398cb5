import { SearchX } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <EmptyState
      icon={SearchX}
      heading="h1"
      title="There is nothing at this address"
      actions={
        <Link href="/" className={buttonClass({ variant: "primary" })}>
          Go to the overview
        </Link>
      }
    >
      It may have been moved or archived, or the link is incomplete. Search for it by name or SKU.
    </EmptyState>
  );
}
