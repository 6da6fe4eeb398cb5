import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { Section } from "@/components/categories/section";
import { PageHead } from "@/components/frame/page-head";
import { IconButtons } from "@/components/icons/icon-buttons";
import { IconFacts } from "@/components/icons/icon-facts";
import { IconPicture } from "@/components/icons/icon-picture";
import { IconStage } from "@/components/icons/icon-stage";
import { IconState } from "@/components/icons/icon-state";
import { LookAlikes } from "@/components/icons/look-alikes";
import { MergedNotice } from "@/components/icons/merged-notice";
import { buttonClass } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { type Actor, can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { AppError } from "@/lib/errors";
import { getIcon } from "@/lib/icons/get-icon";

type Props = PageProps<"/icons/[id]">;

/** The page and its title ask for the same icon. */
const readIcon = cache(async (actor: Actor, id: string) => {
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await getIcon(actor, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor("catalog:read");
  const icon = await readIcon(actor, (await params).id);
  return { title: `Icon of ${icon.category?.name ?? icon.filename}` };
}

export default async function IconPage({ params }: Props) {
  const actor = await requireActor("catalog:read");
  const icon = await readIcon(actor, (await params).id);
  const { id, category, fileMissing } = icon;
  const mayEdit = can(actor, "catalog:write");
  const { version, reviewState, isShown } = icon;
  const facts = { id, version, reviewState, isShown, fileMissing };
  return (
    <>
      <PageHead
        crumbs={[{ href: "/icons", label: "Icons" }]}
        title={category ? category.name : icon.filename}
        meta={<IconState icon={icon} />}
        actions={
          mayEdit && (
            <>
              {category && (
                <Link href={`/icons/new?category=${category.id}`} className={buttonClass()}>
                  Generate variations
                </Link>
              )}
              <IconButtons icon={{ ...facts, hasCategory: category !== null }} />
            </>
          )
        }
      />
      <div className="scroller grid min-h-0 flex-1 content-start gap-x-10 gap-y-6 border-t bg-panel px-4 pt-4 pb-10 lg:grid-cols-[minmax(0,560px)_minmax(0,1fr)]">
        <div className="grid content-start gap-6">
          {fileMissing ? (
            <p role="alert" className="rounded-md bg-red-soft px-3 py-2 text-red">
              {icon.storagePath === ""
                ? "The earlier system’s store had no file for it. It is taken once the file lies there and the store is imported again."
                : "The file is gone from the disk. Upload it again, or bring the data folder’s icons back from a backup."}
            </p>
          ) : (
            <IconStage id={id} filename={icon.filename} />
          )}
          {icon.beside.length > 0 && (
            <Section title={`Others of ${category?.name ?? "its category"}`}>
              <Tiles icons={icon.beside} />
            </Section>
          )}
          {icon.alikes.length > 0 && (
            <Section title="Looks like">
              <LookAlikes
                icon={{ ...facts, filename: icon.filename, status: icon.status, category: category?.name ?? null }}
                alikes={icon.alikes}
                mayEdit={mayEdit}
              />
            </Section>
          )}
        </div>
        <div className="grid content-start gap-6">
          {icon.merged && <MergedNotice icon={{ id, version }} merged={icon.merged} mayEdit={mayEdit} />}
          <Section title="Where it is shown">
            {category ? (
              <p>
                {icon.isShown ? "Stands for " : "Made for "}
                <Link href={`/categories/${category.id}`} className="text-accent underline">
                  {category.name}
                </Link>
                {category.above.length > 0 && <span className="text-muted"> in {category.above.join(" › ")}</span>}
              </p>
            ) : (
              <p className="text-muted">It has no category yet. Assign it to one to have it shown.</p>
            )}
            {icon.uses.length > 0 && (
              <ul className="grid gap-1">
                {icon.uses.map((use) => (
                  <li key={use.id} className="text-muted">
                    <Time at={use.at} format="short" /> chosen for {use.category} by {use.by}
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <IconFacts icon={icon} />
        </div>
      </div>
    </>
  );
}

function Tiles({ icons }: { icons: { id: string; filename: string; fileMissing: boolean; isShown?: boolean }[] }) {
  return (
    <ul className="flex flex-wrap gap-2">
      {icons.map((one) => (
        <li key={one.id}>
          <Link
            href={`/icons/${one.id}`}
            prefetch={false}
            title={one.filename}
            className="block rounded-md hover:bg-hover"
          >
            <IconPicture icon={one} size={64} alt={one.filename} className={one.isShown ? "border-green" : undefined} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
