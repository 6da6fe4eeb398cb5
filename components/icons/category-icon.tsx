"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { chooseIconAction } from "@/app/(dashboard)/icons/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button, buttonClass } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast";
import type { CategoryIcons } from "@/lib/icons/category-icons";
import { IconPicture } from "./icon-picture";
import { IconState, iconState } from "./icon-state";
import { UploadButton } from "./upload-button";

const ChooseIconDialog = dynamic(() => import("./choose-icon-dialog").then((module) => module.ChooseIconDialog), {
  loading: () => null,
});

type Props = { category: { id: string; name: string }; found: CategoryIcons; mayEdit: boolean };

/** What stands for a category, what else could, and what did. */
export function CategoryIcon({ category, found, mayEdit }: Props) {
  const { shownId, icons, history } = found;
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [isChoosing, setChoosing] = useState(false);
  const shown = icons.find(({ isShown }) => isShown);
  const others = icons.filter(({ isShown }) => !isShown);

  function choose(iconId: string | null, seenIconId = shownId, isUndo = false) {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(chooseIconAction({ categoryId: category.id, iconId, seenIconId }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      router.refresh();
      if (isUndo) return;
      await showToast(iconId === null ? `“${category.name}” shows no icon` : `“${category.name}” has another icon`, {
        action: { label: "Undo", onClick: () => choose(seenIconId, iconId, true) },
      });
    });
  }

  return (
    <section aria-labelledby="icon" className="grid gap-2">
      <h2 id="icon" className="border-b pb-1.5 text-xs font-semibold text-muted">
        Icon
      </h2>
      <div className="flex items-start gap-3">
        {shown ? (
          <Link href={`/icons/${shown.id}`} aria-label={`The icon of ${category.name}`}>
            <IconPicture icon={shown} size={96} />
          </Link>
        ) : (
          <span aria-hidden className="size-24 shrink-0 rounded-md border border-dashed" />
        )}
        <div className="grid min-w-0 gap-2">
          <p>{shown ? <IconState icon={shown} /> : <span className="text-muted">It shows no icon.</span>}</p>
          {mayEdit && (
            <div className="flex flex-wrap gap-1.5">
              <Link href={`/icons/new?category=${category.id}`} className={buttonClass()}>
                Generate
              </Link>
              <UploadButton categoryId={category.id} isActivated />
              <Button onClick={() => setChoosing(true)}>Choose</Button>
              {shown && (
                <Button variant="ghost" aria-disabled={isPending} onClick={() => choose(null)}>
                  Show none
                </Button>
              )}
            </div>
          )}
        </div>
      </div>
      {others.length > 0 && (
        <div className="grid gap-1">
          <h3 className="text-xs text-muted">Others made for it</h3>
          <ul className="flex flex-wrap gap-1.5">
            {others.map((icon) => {
              const canUse = mayEdit && !icon.fileMissing && icon.reviewState !== "rejected";
              const name = `${icon.filename}, ${iconState(icon).word.toLowerCase()}`;
              return (
                <li key={icon.id} className="grid w-16 justify-items-center gap-0.5">
                  <Link href={`/icons/${icon.id}`} prefetch={false} title={name}>
                    <IconPicture icon={icon} size={48} alt={name} />
                  </Link>
                  {canUse && (
                    <Button
                      variant="ghost"
                      size="small"
                      aria-label={`Use ${icon.filename}`}
                      aria-disabled={isPending}
                      onClick={() => choose(icon.id)}
                    >
                      Use
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {history.length > 0 && (
        <div className="grid gap-1">
          <h3 className="text-xs text-muted">What it showed</h3>
          <ol className="grid gap-1">
            {history.slice(0, HISTORY).map((one, at) => (
              <li key={one.id} className="flex items-center gap-2">
                {one.iconId ? (
                  <IconPicture icon={{ id: one.iconId, fileMissing: false }} size={24} />
                ) : (
                  <span aria-hidden className="size-6 shrink-0 rounded-md border border-dashed" />
                )}
                <span className="min-w-0 flex-1 truncate">
                  {one.isNone ? "No icon" : (one.filename ?? "An icon since deleted")}{" "}
                  <span className="text-muted">
                    from <Time at={one.at} format="short" /> on, by {one.by}
                  </span>
                </span>
                {at === 0 && <span className="text-xs text-muted">now</span>}
                {mayEdit && one.canComeBack && (
                  <Button size="small" aria-disabled={isPending} onClick={() => choose(one.iconId)}>
                    Bring back
                  </Button>
                )}
              </li>
            ))}
          </ol>
        </div>
      )}
      {isChoosing && (
        <ChooseIconDialog
          categoryName={category.name}
          onClose={() => setChoosing(false)}
          onPick={(iconId) => {
            setChoosing(false);
            choose(iconId);
          }}
        />
      )}
    </section>
  );
}

/** The newest shown here; the rest is with the category's activity. */
const HISTORY = 8;
