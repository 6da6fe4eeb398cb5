import type { Metadata } from "next";
import { PageHead } from "@/components/frame/page-head";
import { NewDefinitionForm } from "@/components/metafields/new-definition-form";
import { requireActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "New definition" };

export default async function NewDefinitionPage() {
  await requireActor("catalog:write");
  return (
    <>
      <PageHead crumbs={[{ href: "/metafields", label: "Metafields" }]} title="New definition" />
      <NewDefinitionForm />
    </>
  );
}
