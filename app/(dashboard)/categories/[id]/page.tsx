import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache, Suspense } from "react";
import { CategoryCompleteness } from "@/components/categories/category-completeness";
import { CategoryFacts } from "@/components/categories/category-facts";
import { CategoryForm } from "@/components/categories/category-form";
import { CategoryMenu } from "@/components/categories/category-menu";
import { CategoryReading } from "@/components/categories/category-reading";
import { PageHead } from "@/components/frame/page-head";
import { CategoryIcon } from "@/components/icons/category-icon";
import { buttonClass } from "@/components/ui/button";
import { Picture } from "@/components/ui/picture";
import { Badge } from "@/components/ui/status";
import { type Actor, can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { categoryCompleteness } from "@/lib/categories/completeness";
import { getCategoryDetails } from "@/lib/categories/get-category-details";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { getCategoryIcons } from "@/lib/icons/category-icons";

type Props = PageProps<"/categories/[id]">;

/** The page and its title ask for the same category. */
const readCategory = cache(async (actor: Actor, id: string) => {
  try {
    return await getCategoryDetails(actor, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor("catalog:read");
  return { title: (await readCategory(actor, (await params).id)).name };
}

export default async function CategoryPage({ params }: Props) {
  const actor = await requireActor("catalog:read");
  const [category, icons] = await Promise.all([
    readCategory(actor, (await params).id),
    getCategoryIcons(actor, (await params).id),
  ]);
  const mayEdit = can(actor, "catalog:write");
  const { id, name, path, isActive, above } = category;
  const saved = { description: category.description, metafields: category.metafields, template: category.template };
  return (
    <>
      <PageHead
        crumbs={[
          { href: "/catalog", label: "Catalogue" },
          ...above.map((at) => ({ href: `/categories/${at.id}`, label: at.name })),
        ]}
        title={name}
        icon={category.iconId && <Picture src={`/api/icons/${category.iconId}/file?size=64`} size={24} />}
        meta={
          <>
            {category.isArchived && <Badge>archived</Badge>}
            <span className="tabular">{formatPlural(category.products, "product")}</span>
          </>
        }
        actions={
          <>
            <Link href={`/catalog/${path}`} className={buttonClass()}>
              Products
            </Link>
            <Link href={`/categories/${id}/history`} className={buttonClass()}>
              History
            </Link>
            {mayEdit && <CategoryMenu category={{ id, name, path }} isActive={isActive} />}
          </>
        }
      />
      <div className="scroller grid min-h-0 flex-1 content-start gap-x-10 gap-y-6 border-t bg-panel px-4 pt-4 pb-10 lg:grid-cols-[minmax(0,640px)_minmax(0,1fr)]">
        {mayEdit ? (
          <CategoryForm key={JSON.stringify(saved)} category={category} />
        ) : (
          <CategoryReading category={category} />
        )}
        <div className="grid content-start gap-6 max-lg:border-t max-lg:pt-4">
          <CategoryIcon key={icons.shownId} category={{ id, name }} found={icons} mayEdit={mayEdit} />
          <section aria-labelledby="completeness">
            <h2 id="completeness" className="border-b pb-1.5 text-xs font-semibold text-muted">
              Completeness
            </h2>
            <Suspense fallback={<p className="py-2 text-muted">Counting…</p>}>
              <Complete actor={actor} path={path} />
            </Suspense>
          </section>
          <CategoryFacts category={category} />
        </div>
      </div>
    </>
  );
}

async function Complete({ actor, path }: { actor: Actor; path: string }) {
  return <CategoryCompleteness found={await categoryCompleteness(actor, path)} path={path} />;
}
