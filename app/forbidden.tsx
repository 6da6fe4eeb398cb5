import { Lock } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function Forbidden() {
  return (
    <EmptyState
      icon={Lock}
      heading="h1"
      title="Your role does not allow this page"
      actions={
        <Link href="/" className={buttonClass({ variant: "primary" })}>
          Go to the overview
        </Link>
      }
    >
      Ask an admin if you need it.
    </EmptyState>
  );
}
