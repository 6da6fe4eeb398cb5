import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { SourceHead } from "@/components/feeds/source-head";
import { requireActor } from "@/lib/auth/current-actor";
import { getFeedSource } from "@/lib/feeds/queries";

export const metadata: Metadata = { title: "Feed" };

export default async function FeedPage({ params }: PageProps<"/feeds/[id]">) {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const source = id ? await getFeedSource(actor, id) : null;
  if (!source) notFound();
  return <SourceHead source={source} current="overview" />;
}
