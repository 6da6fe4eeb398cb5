import type { ReactNode } from "react";
import { PageHead } from "@/components/frame/page-head";
import { Badge } from "@/components/ui/status";
import { FEED_KINDS } from "@/lib/feeds/kind-words";
import type { FeedKind } from "@/prisma/generated/sqlite/enums";
import { type SourceTab, SourceTabs } from "./source-tabs";

type Props = {
  source: { id: string; name: string; kind: FeedKind; isActive: boolean; isSample: boolean };
  current: SourceTab;
  actions?: ReactNode;
};

/** The top of each page of a source. */
export function SourceHead({ source, current, actions }: Props) {
  return (
    <>
      <PageHead
        crumbs={[
          { href: "/feeds", label: "Feeds" },
          { href: `/feeds/${source.id}`, label: source.name },
        ]}
        title={source.name}
        meta={
          <>
            <span>{FEED_KINDS[source.kind].label}</span>
            {source.isSample && <Badge>sample</Badge>}
            {!source.isActive && <Badge tone="amber">switched off</Badge>}
          </>
        }
        actions={actions}
      />
      <SourceTabs sourceId={source.id} current={current} />
    </>
  );
}
