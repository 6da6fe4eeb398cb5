import type { Metadata } from "next";
import { NewSourceForm } from "@/components/feeds/new-source-form";
import { PageHead } from "@/components/frame/page-head";
import { requireActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "New source" };

export default async function NewSourcePage() {
  await requireActor("feed:run");
  return (
    <>
      <PageHead crumbs={[{ href: "/feeds", label: "Feeds" }]} title="New source" />
      <div className="border-t px-4 py-4">
        <NewSourceForm />
      </div>
    </>
  );
}
