import { FilterForm } from "@/components/filters/filter-form";
import { FilterSearch } from "@/components/filters/filter-search";
import { FilterSelect } from "@/components/filters/filter-select";
import { MoreFilters } from "@/components/filters/more-filters";
import { type IconSearch, ORIGINS } from "@/lib/icons/icon-search";
import type { iconFigures } from "@/lib/icons/list-icons";

type Props = { search: IconSearch; known: Awaited<ReturnType<typeof iconFigures>> };

const options = (values: string[]) => values.map((value) => ({ value, label: value }));

export function IconFilters({ search, known }: Props) {
  const { show, q, origin, model, style, category, batch } = search;
  return (
    <FilterForm label="Filter icons">
      {show !== "all" && <input type="hidden" name="show" value={show} />}
      {category && <input type="hidden" name="category" value={category} />}
      {batch && <input type="hidden" name="batch" value={batch} />}
      <FilterSearch value={q} label="Prompt, category, file, model" />
      <FilterSelect
        name="origin"
        label="Where it came from"
        value={origin ?? ""}
        anyLabel="From anywhere"
        options={Object.entries(ORIGINS).map(([value, label]) => ({ value, label }))}
      />
      <MoreFilters active={[model, style].filter(Boolean).length}>
        <FilterSelect name="style" label="Style" value={style} anyLabel="Any style" options={options(known.styles)} />
        <FilterSelect name="model" label="Model" value={model} anyLabel="Any model" options={options(known.models)} />
      </MoreFilters>
    </FilterForm>
  );
}
