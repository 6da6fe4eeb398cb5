import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { PoliciesForm } from "@/components/feeds/policies-form";
import { SourceHead } from "@/components/feeds/source-head";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { getPolicies } from "@/lib/feeds/change-policies";
import { getFeedSource } from "@/lib/feeds/queries";

export async function generateMetadata({ params }: PageProps<"/feeds/[id]/policies">): Promise<Metadata> {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const source = id ? await getFeedSource(actor, id) : null;
  return { title: source ? `Limits of ${source.name}` : "No such source" };
}

export default async function PoliciesPage({ params }: PageProps<"/feeds/[id]/policies">) {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const found = id ? await getPolicies(actor, id) : null;
  if (!found) notFound();
  return (
    <>
      <SourceHead source={found.source} current="policies" />
      <PoliciesForm key={found.source.version} {...found} mayEdit={can(actor, "feed:run")} />
    </>
  );
}
