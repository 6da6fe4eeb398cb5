import { PackageOpen } from "lucide-react";
import type { Metadata } from "next";
import { PageHead } from "@/components/frame/page-head";
import { IconTabs } from "@/components/icons/icon-tabs";
import { LegacyForm } from "@/components/icons/legacy/legacy-form";
import { LegacyHistory } from "@/components/icons/legacy/legacy-history";
import { LegacyImportView } from "@/components/icons/legacy/legacy-import-view";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { legacyImportSearch, listLegacyImports, listLegacyPlaces } from "@/lib/icons/legacy/list-imports";

export const metadata: Metadata = { title: "Earlier icons" };

export default async function LegacyIconsPage({ searchParams }: PageProps<"/icons/import">) {
  const actor = await requireActor("catalog:read");
  const { job } = legacyImportSearch.parse(await searchParams);
  const mayImport = can(actor, "catalog:write");
  const [imports, places] = await Promise.all([listLegacyImports(actor), mayImport ? listLegacyPlaces(actor) : []]);
  const shown = imports.find(({ id }) => id === job) ?? imports[0];
  return (
    <>
      <PageHead title="Icons" meta="Take over those of an earlier system" />
      <IconTabs current="/icons/import" />
      <div className="scroller min-h-0 flex-1 bg-panel pb-16">
        {mayImport && <LegacyForm places={places.map(({ path, stamp }) => ({ path, isThere: stamp !== null }))} />}
        {shown ? (
          <>
            <LegacyImportView shown={shown} mayImport={mayImport} />
            <LegacyHistory imports={imports} shownId={shown.id} />
          </>
        ) : (
          <EmptyState icon={PackageOpen} title="Nothing was taken over yet">
            {mayImport
              ? "Upload the store or name its place, and look with a dry run first: it tells what each icon would become."
              : "A manager can take over the icons that an earlier system left."}
          </EmptyState>
        )}
      </div>
    </>
  );
}
