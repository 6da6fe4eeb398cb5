import type { Metadata } from "next";
import { ActivityTabs } from "@/components/activity/activity-tabs";
import { MonthsChart } from "@/components/charts/months-chart";
import { PageHead } from "@/components/frame/page-head";
import { ExportLinks } from "@/components/history/export-links";
import { EmptyState } from "@/components/ui/empty-state";
import { monthlyGrowth } from "@/lib/activity/monthly-growth";
import { requireActor } from "@/lib/auth/current-actor";
import { formatCount } from "@/lib/format";

export const metadata: Metadata = { title: "Growth of the catalogue" };

const PRODUCTS = [{ of: "products", label: "products", fill: "fill-accent", swatch: "bg-accent" }] as const;
const VOLUME = [
  { of: "changed", label: "changed by runs", fill: "fill-blue", swatch: "bg-blue" },
  { of: "added", label: "added by runs", fill: "fill-green", swatch: "bg-green" },
  { of: "missing", label: "missing in runs", fill: "fill-amber", swatch: "bg-amber" },
  { of: "edits", label: "edited by people", fill: "fill-accent", swatch: "bg-accent" },
] as const;

export default async function GrowthPage() {
  const actor = await requireActor("catalog:read");
  const months = await monthlyGrowth(actor);
  return (
    <>
      <PageHead
        title="Activity"
        meta="How the catalogue grew, and how much was changed"
        actions={<ExportLinks path="/api/growth" label="the growth by month" />}
      />
      <ActivityTabs current="/activity/growth" />
      {months.length === 0 ? (
        <EmptyState title="Nothing has happened yet">Import a feed, or make a product by hand.</EmptyState>
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel px-4 pt-4 pb-10 sm:px-6">
          <h2 className="mb-2 text-xs font-semibold text-muted">Products of today, by when they came</h2>
          <MonthsChart months={months} parts={PRODUCTS} label="Products by month. The table below has the figures." />
          <h2 className="mt-6 mb-2 text-xs font-semibold text-muted">Changes</h2>
          <MonthsChart months={months} parts={VOLUME} label="Changes by month. The table below has the figures." />
          <table className="ledger mt-6" aria-label="By month">
            <thead>
              <tr>
                <th scope="col">Month</th>
                <th scope="col" className="num">
                  Products
                </th>
                {["Came", "Added", "Changed", "Missing", "Edited"].map((label) => (
                  <th key={label} scope="col" className="num">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {months.toReversed().map((month) => (
                <tr key={month.month}>
                  <td data-phone="title">{month.month}</td>
                  <td data-phone="right" className="num">
                    {formatCount(month.products)}
                  </td>
                  {(["arrived", "added", "changed", "missing", "edits"] as const).map((of) => (
                    <td key={of} className="num text-muted">
                      {formatCount(month[of])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
