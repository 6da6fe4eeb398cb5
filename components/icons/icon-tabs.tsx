import { Tabs } from "@/components/ui/tabs";

const TABS = [
  { href: "/icons", label: "Library" },
  { href: "/icons/coverage", label: "Coverage" },
  { href: "/icons/batches", label: "Batches" },
  { href: "/icons/import", label: "Import" },
] as const;

/** The ways to look at icons. */
export function IconTabs({ current }: { current: (typeof TABS)[number]["href"] }) {
  return <Tabs label="Icons" tabs={TABS.map((tab) => ({ ...tab, isCurrent: tab.href === current }))} />;
}
