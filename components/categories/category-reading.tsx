import type { CategoryDetails } from "@/lib/categories/get-category-details";
import { codecOf } from "@/lib/metafields/types";
import { InheritedTemplate } from "./inherited-template";
import { Section } from "./section";

/** What a category says and asks, for those who only read. */
export function CategoryReading({ category }: { category: CategoryDetails }) {
  const { description, metafields, template, inherited } = category;
  return (
    <div className="grid content-start gap-6">
      <Section title="Description">
        <p className="max-w-prose whitespace-pre-wrap">{description || <span className="text-muted">None.</span>}</p>
      </Section>
      <Section title="Attributes">
        {metafields.length === 0 && <p className="text-muted">It has none of its own.</p>}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {metafields.map(({ field, label, value, type }) => (
            <div key={field} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="min-w-0 break-words">{codecOf(type).display(value)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="Its products shall have">
        <ul>
          {template.map(({ namespace, key, label, isRequired }) => (
            <li key={`${namespace}.${key}`} className="flex min-h-8 items-center gap-2 border-b border-line-soft">
              {label}
              <span className="ml-auto text-xs text-muted">{isRequired ? "required" : "expected"}</span>
            </li>
          ))}
        </ul>
        <InheritedTemplate inherited={inherited} isAlone={template.length === 0} />
      </Section>
    </div>
  );
}
