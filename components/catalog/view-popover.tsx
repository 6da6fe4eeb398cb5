"use client";

import { Check, Star } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { IntentProps } from "@/components/ui/on-intent";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { productListHref } from "@/lib/catalog/product-search";
import type { ViewChoice } from "@/lib/views/list-views";
import { useViews } from "./use-views";
import { ViewForm } from "./view-form";
import type { ViewMenuProps } from "./view-menu";

/** The person's views and the shared ones; keeps, renames, shares and deletes them. */
export function ViewPopover({ trigger, defaultOpen, ...props }: IntentProps & ViewMenuProps) {
  const { base, views, view, isChanged, canShare } = props;
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [form, setForm] = useState<"new" | "rename">();
  const close = () => {
    setOpen(false);
    setForm(undefined);
  };
  const act = useViews(props, close);
  const own = views.filter(({ owner }) => owner === null);
  const shared = views.filter(({ owner }) => owner !== null);
  const mine = view?.isMine ? view : null;
  return (
    <Popover open={isOpen} onOpenChange={(open) => (open ? setOpen(true) : close())}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Views" className="w-72 p-2">
        {form ? (
          <ViewForm
            name={form === "rename" ? (mine?.name ?? "") : ""}
            isShared={form === "rename" && (mine?.isShared ?? false)}
            canShare={canShare}
            submit={form === "rename" ? "Save" : "Keep this list"}
            onCancel={() => setForm(undefined)}
            onSave={(input) => (form === "rename" && mine ? act.update(mine, input) : act.create(input))}
          />
        ) : (
          <>
            <nav aria-label="Views" className="scroller max-h-80">
              <ViewLink href={productListHref(base, act.plain, { view: "none" })} isCurrent={!view} onChoose={close}>
                All products
              </ViewLink>
              <ViewGroup label="Yours" views={own} {...{ base, view, isChanged, close }} />
              <ViewGroup label="Shared with everybody" views={shared} {...{ base, view, isChanged, close }} />
            </nav>
            <div className="mt-2 grid gap-1 border-t pt-2">
              {mine && isChanged && (
                <Button variant="primary" onClick={() => act.update(mine, { query: act.query })}>
                  Save the changes to “{mine.name}”
                </Button>
              )}
              <Button onClick={() => setForm("new")}>Keep this list as a view…</Button>
              {view && (
                <div className="flex flex-wrap gap-1">
                  {mine && (
                    <Button size="small" variant="ghost" onClick={() => setForm("rename")}>
                      Rename or share…
                    </Button>
                  )}
                  <Button size="small" variant="ghost" onClick={() => act.setDefault(view.isDefault ? null : view)}>
                    {view.isDefault ? "Don't open with it" : "Open with it"}
                  </Button>
                  {mine && (
                    <Button size="small" variant="ghost" className="text-red" onClick={() => act.remove(mine)}>
                      Delete
                    </Button>
                  )}
                </div>
              )}
            </div>
          </>
        )}
      </PopoverContent>
    </Popover>
  );
}

type GroupProps = {
  label: string;
  views: ViewChoice[];
  base: string;
  view: ViewChoice | null;
  isChanged: boolean;
  close: () => void;
};

function ViewGroup({ label, views, base, view, isChanged, close }: GroupProps) {
  if (views.length === 0) return null;
  return (
    <section aria-label={label}>
      <h3 className="px-2 pt-2 pb-1 text-xs font-medium text-muted">{label}</h3>
      {views.map((each) => (
        <ViewLink
          key={each.id}
          href={`${base}?view=${each.id}`}
          isCurrent={each.id === view?.id && !isChanged}
          onChoose={close}
        >
          <span className="min-w-0 flex-1 truncate">{each.name}</span>
          {each.owner && <span className="truncate text-2xs text-faint">{each.owner}</span>}
          {each.owner === null && each.isShared && <span className="text-2xs text-faint">shared</span>}
          {each.isDefault && <Star aria-label="opens by itself" className="size-3 shrink-0 text-muted" />}
        </ViewLink>
      ))}
    </section>
  );
}

type LinkProps = { href: string; isCurrent: boolean; onChoose: () => void; children: React.ReactNode };

function ViewLink({ href, isCurrent, onChoose, children }: LinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      onClick={onChoose}
      aria-current={isCurrent ? "true" : undefined}
      className="flex h-7 items-center gap-2 rounded-sm px-2 hover:bg-hover focus-visible:bg-hover"
    >
      <Check aria-hidden className={isCurrent ? "size-3.5 shrink-0 text-accent" : "invisible size-3.5 shrink-0"} />
      {children}
    </Link>
  );
}
