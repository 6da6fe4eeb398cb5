import { FileSpreadsheet } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { MappingEditor } from "@/components/feeds/mapping/mapping-editor";
import { LookIntoFeed, UploadList } from "@/components/feeds/mapping/mapping-start";
import { MappingVersions } from "@/components/feeds/mapping/mapping-versions";
import { SourceHead } from "@/components/feeds/source-head";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { toFailure } from "@/lib/failure";
import { mapping as mappingSchema } from "@/lib/feeds/mapping";
import { inspectFile } from "@/lib/feeds/mapping/preview";
import { getSourceMapping } from "@/lib/feeds/mapping/queries";
import { getFeedSource } from "@/lib/feeds/queries";
import { listDefinitionNames } from "@/lib/metafields/list-definitions";
import { METAFIELD_TYPES } from "@/lib/metafields/types";

export async function generateMetadata({ params }: PageProps<"/feeds/[id]/mapping">): Promise<Metadata> {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const source = id ? await getFeedSource(actor, id) : null;
  return { title: source ? `Mapping of ${source.name}` : "No such source" };
}

const mappingSearch = z.object({ version: z.coerce.number().int().min(1).nullable().catch(null).default(null) });

export default async function MappingPage({ params, searchParams }: PageProps<"/feeds/[id]/mapping">) {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const [source, stored] = id
    ? await Promise.all([getFeedSource(actor, id), getSourceMapping(actor, id)])
    : [null, null];
  if (!source || !stored) notFound();
  const { version } = mappingSearch.parse(await searchParams);
  const inForce = stored.versions[0];
  const isList = source.kind !== "etilize" && source.kind !== "category_json";
  const mayEdit = can(actor, "feed:run");
  const looked = await inspectFile(actor, { sourceId: source.id, dialect: inForce?.mapping.dialect ?? null }).then(
    (file) => ({ file, reason: null }),
    (error: unknown) => ({ file: null, reason: toFailure(error).message }),
  );
  const saved = inForce?.mapping ?? mappingSchema.parse({});
  return (
    <div className="shrink-0">
      <SourceHead source={source} current="mapping" />
      {source.kind === "category_json" ? (
        <EmptyState icon={FileSpreadsheet} title="Nothing to map">
          A category tree has one shape: names and where they stand. It is taken as it is.
        </EmptyState>
      ) : looked.file ? (
        <>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2 text-xs text-muted">
            <span className="mono text-text">{looked.file.name}</span>
            <span>
              looked at <Time at={looked.file.receivedAt} />
              {looked.file.isCut && ", its beginning alone"}
            </span>
            {!isList && mayEdit && <LookIntoFeed sourceId={source.id} again />}
          </p>
          <MappingEditor
            key={inForce?.version ?? 0}
            sourceId={source.id}
            version={inForce?.version ?? 0}
            saved={saved}
            start={inForce ? saved : (looked.file.guess ?? saved)}
            isWhole={source.kind === "csv"}
            mayEdit={mayEdit}
            inspected={looked.file}
            definitions={await listDefinitionNames(actor)}
            types={[...METAFIELD_TYPES]}
          />
        </>
      ) : (
        <section className="grid max-w-2xl gap-3 px-4 py-5">
          <h2 className="text-lg">{looked.reason ? "The last file can't be read" : "No file to map yet"}</h2>
          <p className="text-muted">
            {looked.reason ??
              (isList
                ? "Upload one of this source's files: its columns and first rows appear here, nothing is imported."
                : "The worker reads this format's tables together. Let it look into the files of the last import.")}
          </p>
          {mayEdit &&
            (isList ? <UploadList sourceId={source.id} /> : <LookIntoFeed sourceId={source.id} again={false} />)}
        </section>
      )}
      <MappingVersions versions={stored.versions} sourceId={source.id} shown={version} mayEdit={mayEdit} />
    </div>
  );
}
