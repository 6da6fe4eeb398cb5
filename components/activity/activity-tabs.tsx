import { Tabs } from "@/components/ui/tabs";

const TABS = [
  { href: "/activity", label: "Who did what" },
  { href: "/activity/growth", label: "Growth" },
] as const;

export function ActivityTabs({ current }: { current: (typeof TABS)[number]["href"] }) {
  return <Tabs label="Activity" tabs={TABS.map((tab) => ({ ...tab, isCurrent: tab.href === current }))} />;
}
