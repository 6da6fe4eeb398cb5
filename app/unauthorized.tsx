import { LogIn } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function Unauthorized() {
  return (
    <EmptyState
      icon={LogIn}
      heading="h1"
      title="You are signed out"
      actions={
        <Link href="/sign-in" className={buttonClass({ variant: "primary" })}>
          Sign in
        </Link>
      }
    >
      Sign in again to see this page.
    </EmptyState>
  );
}
