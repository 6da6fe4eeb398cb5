import type { Metadata } from "next";
import { Suspense } from "react";
import { PageHead } from "@/components/frame/page-head";
import { SkeletonRows } from "@/components/ui/skeleton";
import { requireActor } from "@/lib/auth/current-actor";
import { Overview } from "./overview";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const actor = await requireActor();
  return (
    <>
      <PageHead title="Overview" />
      <Suspense fallback={<SkeletonRows rows={8} label="Loading the overview" />}>
        <Overview actor={actor} />
      </Suspense>
    </>
  );
}
