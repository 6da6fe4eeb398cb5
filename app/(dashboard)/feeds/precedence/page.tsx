import { Scale } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { PrecedenceForm } from "@/components/feeds/precedence-form";
import { PageHead } from "@/components/frame/page-head";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { getPrecedence } from "@/lib/feeds/precedence-settings";

export const metadata: Metadata = { title: "Who rules what" };

const precedenceSearch = z.object({ field: z.string().max(200).optional().catch(undefined) });

export default async function PrecedencePage({ searchParams }: PageProps<"/feeds/precedence">) {
  const actor = await requireActor();
  const { field } = precedenceSearch.parse(await searchParams);
  const { sources, settings } = await getPrecedence(actor);
  return (
    <>
      <PageHead crumbs={[{ href: "/feeds", label: "Feeds" }]} title="Who rules what" />
      {sources.length === 0 ? (
        <EmptyState icon={Scale} title="No feed yet">
          Once several feeds speak of the same products, their order is set here.
        </EmptyState>
      ) : (
        <PrecedenceForm
          key={JSON.stringify(settings)}
          sources={sources}
          settings={settings}
          asked={field}
          mayEdit={can(actor, "feed:run")}
        />
      )}
    </>
  );
}
