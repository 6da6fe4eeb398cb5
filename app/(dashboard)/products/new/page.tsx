import type { Metadata } from "next";
import { z } from "zod";
import { PageHead } from "@/components/frame/page-head";
import { NewProductForm } from "@/components/product/new-product-form";
import { requireActor } from "@/lib/auth/current-actor";
import { getCurrency } from "@/lib/catalog/currency";
import { getCategoryChoice } from "@/lib/categories/get-category-choice";
import { getTemplate } from "@/lib/metafields/get-template";

export const metadata: Metadata = { title: "New product" };

const asked = z.object({ category: z.string().max(64).optional().catch(undefined) });

export default async function NewProductPage({ searchParams }: PageProps<"/products/new">) {
  const actor = await requireActor("catalog:write");
  const { category: id } = asked.parse(await searchParams);
  const category = id ? await getCategoryChoice(actor, id) : null;
  const template = await getTemplate(actor, { categoryId: category?.id ?? null });
  return (
    <>
      <PageHead crumbs={[{ href: "/catalog", label: "Catalogue" }]} title="New product" />
      <NewProductForm category={category} template={template} currency={await getCurrency(actor)} />
    </>
  );
}
