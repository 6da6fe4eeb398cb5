import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { PageHead } from "@/components/frame/page-head";
import { DefinitionForm } from "@/components/metafields/definition-form";
import { DefinitionHistory } from "@/components/metafields/definition-history";
import { DefinitionTemplates } from "@/components/metafields/definition-templates";
import { DeleteButton } from "@/components/metafields/delete-button";
import { PinButton } from "@/components/metafields/pin-button";
import { TypeLine } from "@/components/metafields/type-line";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { definitionList, getDefinition, listRegistry } from "@/lib/metafields/definitions/queries";

/** The page and its title ask for the same definition. */
const readDefinition = cache(getDefinition);

export async function generateMetadata({ params }: PageProps<"/metafields/[id]">): Promise<Metadata> {
  const actor = await requireActor("catalog:read");
  const definition = await readDefinition(actor, (await params).id);
  return { title: definition ? definition.name || definition.key : "No such definition" };
}

export default async function DefinitionPage({ params }: PageProps<"/metafields/[id]">) {
  const actor = await requireActor("catalog:read");
  const { id } = await params;
  const definition = await readDefinition(actor, id);
  if (!definition) notFound();
  const mayEdit = can(actor, "catalog:write");
  const pinned = mayEdit ? (await listRegistry(actor, definitionList.parse({ show: "pinned" }))).rows : [];
  return (
    <>
      <PageHead
        crumbs={[{ href: "/metafields", label: "Metafields" }]}
        title={definition.name || definition.key}
        meta={
          <span className="mono">
            {definition.namespace}.{definition.key}
          </span>
        }
        actions={
          mayEdit && (
            <>
              <DeleteButton id={id} name={definition.name || definition.key} />
              <PinButton id={id} pinned={pinned.map((one) => one.id)} />
            </>
          )
        }
      />
      <div className="grid gap-x-10 gap-y-6 border-t bg-panel px-4 pt-4 pb-10 lg:grid-cols-[minmax(0,640px)_minmax(0,1fr)]">
        <div className="grid content-start gap-4">
          <TypeLine definition={definition} mayEdit={mayEdit} />
          <DefinitionForm key={definition.version} definition={definition} mayEdit={mayEdit} />
        </div>
        <div className="grid content-start gap-6 max-lg:border-t max-lg:pt-4">
          <DefinitionTemplates definition={definition} />
          <DefinitionHistory definition={definition} mayEdit={mayEdit} />
        </div>
      </div>
    </>
  );
}
