import { Tabs } from "@/components/ui/tabs";

const TABS = [
  { href: "/syncs", label: "Runs" },
  { href: "/syncs/timeline", label: "Timeline" },
  { href: "/syncs/errors", label: "Refused by kind" },
  { href: "/syncs/storage", label: "Storage" },
] as const;

/** The ways to look at the history of the syncs. */
export function HistoryTabs({ current }: { current: (typeof TABS)[number]["href"] }) {
  return <Tabs label="Sync history" tabs={TABS.map((tab) => ({ ...tab, isCurrent: tab.href === current }))} />;
}
