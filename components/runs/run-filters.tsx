import { FilterCheckbox } from "@/components/filters/filter-checkbox";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSelect } from "@/components/filters/filter-select";
import type { RunSearch } from "@/lib/sync/search-params";

type Props = { search: RunSearch; sources: { id: string; name: string }[] };

const STATUS = [
  { value: "review", label: "Waits for review" },
  { value: "running", label: "Running" },
  { value: "pending", label: "Waiting to start" },
  { value: "success", label: "Done" },
  { value: "partial", label: "Done in part" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Cancelled" },
  { value: "reverted", label: "Undone" },
];
const DAYS = [
  { value: "1", label: "Last day" },
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
  { value: "365", label: "Last year" },
];
const DRY = [
  { value: "none", label: "No dry runs" },
  { value: "only", label: "Only dry runs" },
];

export function RunFilters({ search, sources }: Props) {
  return (
    <FilterForm label="Filter runs">
      <FilterSelect
        name="source"
        label="Source"
        value={search.source ?? ""}
        anyLabel="Any source"
        options={sources.map((source) => ({ value: source.id, label: source.name }))}
      />
      <FilterSelect name="status" label="State" value={search.status ?? ""} anyLabel="Any state" options={STATUS} />
      <FilterSelect
        name="days"
        label="When"
        value={search.days ? String(search.days) : ""}
        anyLabel="Any time"
        options={DAYS}
      />
      <FilterSelect name="dry" label="Dry runs" value={search.dry ?? ""} anyLabel="With dry runs" options={DRY} />
      <FilterCheckbox name="rejections" label="With rejections" isOn={search.rejections} />
    </FilterForm>
  );
}
