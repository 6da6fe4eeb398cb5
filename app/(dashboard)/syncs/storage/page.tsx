import type { Metadata } from "next";
import { GrowthChart } from "@/components/charts/growth-chart";
import { PageHead } from "@/components/frame/page-head";
import { GrowthFacts } from "@/components/history/growth-facts";
import { HistoryTabs } from "@/components/history/history-tabs";
import { RetentionPanel } from "@/components/history/retention-panel";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatBytes } from "@/lib/format";
import { measureGrowth } from "@/lib/sync/history/growth";
import { planRetention } from "@/lib/sync/retention/plan";
import { getRetention } from "@/lib/sync/retention/settings";

export const metadata: Metadata = { title: "Storage of the sync history" };

export default async function StoragePage() {
  const actor = await requireActor();
  const [growth, retention, plan] = await Promise.all([
    measureGrowth(actor),
    getRetention(actor),
    planRetention(actor),
  ]);
  return (
    <>
      <PageHead
        title="Syncs"
        meta={<span className="tabular">The database takes {formatBytes(growth.storage.bytes)}</span>}
      />
      <HistoryTabs current="/syncs/storage" />
      <div className="scroller min-h-0 flex-1 bg-panel">
        <div className="grid max-w-5xl gap-8 px-4 py-4">
          <section aria-labelledby="growth">
            <h2 id="growth" className="mb-2 text-md font-semibold">
              How it grows
            </h2>
            <GrowthFacts growth={growth} retention={retention} />
            <GrowthChart forecast={growth.forecast} />
          </section>
          <RetentionPanel
            key={`${retention.runDays}-${retention.rowDays}`}
            retention={retention}
            plan={plan}
            givesBack={growth.storage.givesBack}
            freeBytes={growth.storage.freeBytes}
            mayChange={can(actor, "settings:manage")}
          />
        </div>
      </div>
    </>
  );
}
