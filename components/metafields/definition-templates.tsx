import Link from "next/link";
import { Badge } from "@/components/ui/status";
import type { DefinitionView } from "@/lib/metafields/definitions/queries";

/** The categories whose products are asked for it. */
export function DefinitionTemplates({ definition }: { definition: DefinitionView }) {
  const { templates, templateCount, isRequired } = definition;
  const more = templateCount - templates.length;
  return (
    <section aria-labelledby="templates">
      <h2 id="templates" className="border-b pb-1.5 text-xs font-semibold text-muted">
        Stands in the templates of
      </h2>
      {templates.length === 0 ? (
        <p className="py-2 text-muted">
          {isRequired
            ? "Every product shall have it; no category needs to ask."
            : "No category asks its products for it. Open a category and choose “Edit category” to add it to its template."}
        </p>
      ) : (
        <ul>
          {templates.map(({ category, isRequired: required }) => (
            <li key={category.id} className="flex min-h-8 items-center gap-2 border-b border-line-soft">
              <Link
                href={`/catalog/${category.path}`}
                className="min-w-0 truncate hover:underline"
                title={category.path}
              >
                {category.name}
              </Link>
              {required && <Badge>required</Badge>}
            </li>
          ))}
          {more > 0 && <li className="py-2 text-muted">and {more} more</li>}
        </ul>
      )}
    </section>
  );
}
