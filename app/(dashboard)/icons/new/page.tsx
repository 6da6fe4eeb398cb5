import type { Metadata } from "next";
import { z } from "zod";
import { PageHead } from "@/components/frame/page-head";
import { GenerateForm } from "@/components/icons/generate-form";
import { requireActor } from "@/lib/auth/current-actor";
import { categoryName } from "@/lib/categories/get-category";
import { formatPlural } from "@/lib/format";
import { listGaps } from "@/lib/icons/coverage";
import { COVERAGE_STATES, COVERAGE_WORDS } from "@/lib/icons/coverage-search";
import { iconMaker } from "@/lib/icons/icon-maker";

export const metadata: Metadata = { title: "Generate icons" };

const query = z.object({
  /** `gaps`: what the board named. */
  of: z.literal("gaps").optional().catch(undefined),
  state: z.enum(COVERAGE_STATES).optional().catch(undefined),
  branch: z.uuid().optional().catch(undefined),
  days: z.coerce.number().int().min(1).max(10_000).optional().catch(undefined),
  /** One category, for which the page was opened. */
  category: z.uuid().optional().catch(undefined),
});

/** Named one by one they go with each question. */
const MOST_GIVEN = 500;

export default async function NewIconsPage({ searchParams }: PageProps<"/icons/new">) {
  const actor = await requireActor("catalog:write");
  const { of, state, branch, days, category } = query.parse(await searchParams);
  const isNarrowed = of === "gaps" && (state !== undefined || branch !== undefined);
  const [gaps, given, name, branchName, maker] = await Promise.all([
    listGaps(actor, {}),
    isNarrowed ? listGaps(actor, { state, branch, days }) : [],
    category ? categoryName(actor, category) : null,
    branch ? categoryName(actor, branch) : null,
    iconMaker(actor),
  ]);
  const place = category && name !== null ? { id: category, name } : null;
  const givenIds = given.slice(0, MOST_GIVEN);
  const words = [
    given.length > MOST_GIVEN ? `The first ${MOST_GIVEN} of ` : "The ",
    formatPlural(given.length, "category", "categories"),
    state ? ` that the board calls “${COVERAGE_WORDS[state].label.toLowerCase()}”` : " without an icon",
    branchName ? ` in ${branchName}` : "",
  ];
  return (
    <>
      <PageHead crumbs={[{ href: "/icons", label: "Icons" }]} title="Generate icons" />
      <div className="scroller min-h-0 flex-1 border-t bg-panel px-4 pt-4 pb-10">
        <GenerateForm
          which={place ? "one" : givenIds.length > 0 ? "given" : "missing"}
          place={place}
          givenIds={givenIds}
          givenWords={words.join("")}
          gaps={gaps.length}
          {...maker}
        />
      </div>
    </>
  );
}
