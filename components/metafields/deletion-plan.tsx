import Link from "next/link";
import { formatCount, formatPlural } from "@/lib/format";
import type { DeletionPreview } from "@/lib/metafields/definitions/delete-definition";

/** In sentences: what must go first, what goes along, what may come again. */
export function DeletionPlan({ plan }: { plan: DeletionPreview }) {
  const { values, categories, categoryCount, templates, isFromFeed } = plan;
  const more = categoryCount - categories.length;
  return (
    <ul className="grid list-disc gap-1.5 pl-4">
      {values > 0 ? (
        <li>
          {formatPlural(values, "product has", "products have")} a value of it. Those go first: a run that shows each
          one, waits for approval, and can be undone.
        </li>
      ) : (
        <li>No product has a value of it.</li>
      )}
      {categoryCount > 0 && (
        <li>
          {formatPlural(categoryCount, "category has", "categories have")} it as an attribute; remove it there first:{" "}
          {categories.map((category, at) => (
            <span key={category.id}>
              {at > 0 && ", "}
              <Link href={`/categories/${category.id}`} className="text-accent hover:underline">
                {category.name}
              </Link>
            </span>
          ))}
          {more > 0 && ` and ${formatCount(more)} more`}.
        </li>
      )}
      {templates > 0 && (
        <li>{formatPlural(templates, "category no longer asks", "categories no longer ask")} its products for it.</li>
      )}
      {isFromFeed && <li>A feed brought it: the feed's next import makes it again if the feed still has it.</li>}
    </ul>
  );
}
