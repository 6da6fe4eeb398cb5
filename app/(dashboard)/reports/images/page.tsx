import type { Metadata } from "next";
import { PageHead } from "@/components/frame/page-head";
import { BrokenPictures } from "@/components/pictures/broken-pictures";
import { FetchManyButton } from "@/components/pictures/fetch-many-button";
import { LookAlikes } from "@/components/pictures/look-alikes";
import { PictureFacts } from "@/components/pictures/picture-facts";
import { Tabs } from "@/components/ui/tabs";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatPlural } from "@/lib/format";
import { listLookAlikes } from "@/lib/images/look-alikes";
import { countPictures, listBrokenPictures, pictureReportSearch } from "@/lib/images/picture-report";

export const metadata: Metadata = { title: "Pictures" };

export default async function PicturesPage({ searchParams }: PageProps<"/reports/images">) {
  const actor = await requireActor("catalog:read");
  const { tab, after } = pictureReportSearch.parse(await searchParams);
  const [counts, broken, alike] = await Promise.all([
    countPictures(actor),
    tab === "broken" ? listBrokenPictures(actor, after) : null,
    tab === "alike" ? listLookAlikes(actor) : null,
  ]);
  const mayFetch = can(actor, "catalog:write");
  return (
    <>
      <PageHead
        crumbs={[{ href: "/catalog", label: "Catalogue" }]}
        title="Pictures"
        meta={<span className="tabular">{formatPlural(counts.here + counts.waiting + counts.broken, "picture")}</span>}
        actions={
          mayFetch && (
            <>
              {counts.broken > 0 && <FetchManyButton kind="broken" count={counts.broken} />}
              {counts.waiting > 0 && <FetchManyButton kind="missing" count={counts.waiting} />}
            </>
          )
        }
      />
      <PictureFacts counts={counts} />
      <Tabs
        label="Pictures"
        tabs={[
          { href: "/reports/images", label: "Not to be had", count: counts.broken, isCurrent: tab === "broken" },
          { href: "/reports/images?tab=alike", label: "Look alike", isCurrent: tab === "alike" },
        ]}
      />
      {broken && <BrokenPictures {...broken} isFirst={after === 0} total={counts.broken} mayFetch={mayFetch} />}
      {tab === "alike" && <LookAlikes report={alike} mayLook={mayFetch} />}
    </>
  );
}
