import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { z } from "zod";
import { ConnectionForm } from "@/components/feeds/connection-form";
import { ScheduleForm } from "@/components/feeds/schedule-form";
import { SourceHead } from "@/components/feeds/source-head";
import { SourceNameForm } from "@/components/feeds/source-name-form";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { getFeedSource } from "@/lib/feeds/queries";
import { getSourceSettings } from "@/lib/feeds/source-overview";

export async function generateMetadata({ params }: PageProps<"/feeds/[id]/connection">): Promise<Metadata> {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const source = id ? await getFeedSource(actor, id) : null;
  return { title: source ? `Connection of ${source.name}` : "No such source" };
}

export default async function FeedConnectionPage({ params }: PageProps<"/feeds/[id]/connection">) {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const source = id ? await getSourceSettings(actor, id) : null;
  if (!source) notFound();
  if (!can(actor, "feed:run")) {
    return (
      <>
        <SourceHead source={source} current="connection" />
        <p className="px-4 py-4 text-muted">
          A manager changes where this feed comes from and when. The overview tells how it is set.
        </p>
      </>
    );
  }
  const seen = { sourceId: source.id, version: source.version };
  return (
    <>
      <SourceHead source={source} current="connection" />
      <div className="grid max-w-3xl gap-8 px-4 py-4">
        <Part title="Where it comes from">
          {/* What was saved is what the form begins with; a fresh version starts it anew. */}
          <ConnectionForm key={source.version} {...seen} connection={source.connection} />
        </Part>
        {source.connection.type !== "upload" && (
          <Part title="When it is fetched">
            <ScheduleForm
              key={source.version}
              {...seen}
              schedule={source.schedule}
              isPaused={source.isPaused && source.schedule !== null}
            />
          </Part>
        )}
        <Part title="The source itself">
          <SourceNameForm key={source.version} {...seen} name={source.name} isActive={source.isActive} />
        </Part>
      </div>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-3 text-lg">{title}</h2>
      {children}
    </section>
  );
}
