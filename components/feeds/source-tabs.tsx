import { Tabs } from "@/components/ui/tabs";

const SOURCE_TABS = [
  { key: "overview", label: "Overview", path: "" },
  { key: "connection", label: "Connection & schedule", path: "/connection" },
  { key: "mapping", label: "Mapping", path: "/mapping" },
  { key: "policies", label: "Rules & limits", path: "/policies" },
] as const;
export type SourceTab = (typeof SOURCE_TABS)[number]["key"];

/** The pages of one source. */
export function SourceTabs({ sourceId, current }: { sourceId: string; current: SourceTab }) {
  return (
    <Tabs
      label="Source"
      tabs={SOURCE_TABS.map((tab) => ({
        label: tab.label,
        href: `/feeds/${sourceId}${tab.path}`,
        isCurrent: tab.key === current,
      }))}
    />
  );
}
