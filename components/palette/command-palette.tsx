"use client";

import { Command } from "cmdk";
import {
  ArrowLeftRight,
  CirclePlay,
  CircleUser,
  Clock,
  CornerDownLeft,
  FolderTree,
  Keyboard,
  MousePointerClick,
  Package,
  Printer,
  Search,
  SunMoon,
  Tag,
  X,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { Content, Description, Overlay, Portal, Root, Title } from "radix-ui/dialog";
import { type ReactNode, useState } from "react";
import { toggleTheme } from "@/components/frame/theme";
import { forgetAllSearches, rememberSearch, useRecentSearches } from "@/components/search/recent-searches";
import { Kbd } from "@/components/ui/kbd";
import { Time } from "@/components/ui/time";
import type { ShownReading } from "@/lib/catalog/list-query";
import type { Finding } from "@/lib/search/find-anything";
import { GO_TO } from "./keyboard";
import { openShortcuts } from "./open-palette";
import { pageCommands } from "./page-commands";
import type { PaletteProps } from "./palette-place";
import { useFinding } from "./use-finding";

interface Action {
  label: string;
  icon: ReactNode;
  keys?: string[];
  run: () => void;
}

/** One box for everything: products, SKUs, codes, categories, runs, screens and commands. */
export function CommandPalette({ mayImport, onClose }: PaletteProps) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const { finding, isWaiting, hasFailed } = useFinding(typed);
  const recent = useRecentSearches();
  const [here] = useState(pageCommands);

  function go(href: string) {
    onClose();
    router.push(href);
  }

  function found(href: string, search = typed) {
    rememberSearch(search);
    go(href);
  }

  const actions = commands(go, onClose, mayImport).filter(({ label }) =>
    label.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const q = typed.trim();
  const offered = here.filter(({ label }) => label.toLowerCase().includes(q.toLowerCase()));
  const isAboutRuns = /^(run|sync)\b/i.test(q);
  return (
    <Root open onOpenChange={onClose}>
      <Portal>
        <Overlay className="fixed inset-0 z-40 animate-appear bg-[oklch(0_0_0/0.35)]" />
        <Content className="fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-1rem))] -translate-x-1/2 animate-appear overflow-hidden rounded-lg bg-panel shadow-float outline-none">
          <Title className="sr-only">Search and commands</Title>
          <Description className="sr-only">Type to find products, categories, runs and commands.</Description>
          <Command shouldFilter={false} label="Search and commands" loop>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder="Search products, SKUs, codes, categories, runs"
              className="h-11 w-full border-b bg-transparent px-4 text-lg outline-none"
            />
            {finding?.reading && <Reading reading={finding.reading} typed={q} />}
            <Command.List className="scroller max-h-[min(26rem,60vh)] p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-muted">
                {hasFailed
                  ? "The search did not answer. Type again to retry."
                  : isWaiting
                    ? "Searching…"
                    : `Nothing is found by “${q}”.`}
              </Command.Empty>
              {!q && recent.length > 0 && (
                <Group heading="Recent searches">
                  {recent.map((search) => (
                    <Item
                      key={search}
                      value={`recent ${search}`}
                      icon={<Clock aria-hidden />}
                      onSelect={() => setTyped(search)}
                    >
                      <span className="truncate">{search}</span>
                    </Item>
                  ))}
                  <Item value="forget recent" icon={<X aria-hidden />} onSelect={forgetAllSearches}>
                    Forget these searches
                  </Item>
                </Group>
              )}
              {isAboutRuns && <Runs runs={finding?.runs ?? []} go={go} />}
              {finding && finding.products.length > 0 && (
                <Group heading="Products">
                  {finding.products.map(({ id, sku, name }) => (
                    <Item
                      key={id}
                      value={`product ${id}`}
                      icon={<Package aria-hidden />}
                      onSelect={() => found(`/products/${id}`)}
                    >
                      <span className="truncate">{name}</span>
                      <span className="mono ml-auto text-muted">{sku}</span>
                    </Item>
                  ))}
                  <Item
                    value="all products"
                    icon={<CornerDownLeft aria-hidden />}
                    onSelect={() => found(`/catalog?q=${encodeURIComponent(q)}`)}
                  >
                    Show all that match “{q}”
                  </Item>
                </Group>
              )}
              {finding && finding.words.length > 0 && (
                <Group heading="Search for">
                  {finding.words.slice(0, 4).map((word) => (
                    <Item
                      key={word}
                      value={`word ${word}`}
                      icon={<Search aria-hidden />}
                      onSelect={() => found(`/catalog?q=${encodeURIComponent(word)}`, word)}
                    >
                      {word}
                    </Item>
                  ))}
                </Group>
              )}
              {finding && finding.brands.length > 0 && (
                <Group heading="Brands">
                  {finding.brands.map((brand) => (
                    <Item
                      key={brand}
                      value={`brand ${brand}`}
                      icon={<Tag aria-hidden />}
                      onSelect={() => found(`/catalog?brand=${encodeURIComponent(brand)}`)}
                    >
                      {brand}
                    </Item>
                  ))}
                </Group>
              )}
              {finding && finding.categories.length > 0 && (
                <Group heading="Categories">
                  {finding.categories.map(({ id, name, path, above }) => (
                    <Item
                      key={id}
                      value={`category ${id}`}
                      icon={<FolderTree aria-hidden />}
                      onSelect={() => go(`/catalog/${path}`)}
                    >
                      <span className="shrink-0">{name}</span>
                      <span className="truncate text-xs text-muted">{above.join(" › ")}</span>
                    </Item>
                  ))}
                </Group>
              )}
              {!isAboutRuns && <Runs runs={finding?.runs ?? []} go={go} />}
              {offered.length > 0 && (
                <Group heading="On this page">
                  {offered.map(({ label, run }) => (
                    <Item
                      key={label}
                      value={`here ${label}`}
                      icon={<MousePointerClick aria-hidden />}
                      onSelect={() => {
                        onClose();
                        // Closing gives the focus back; what is pressed takes it then.
                        setTimeout(run);
                      }}
                    >
                      {label}
                    </Item>
                  ))}
                </Group>
              )}
              {actions.length > 0 && (
                <Group heading="Commands">
                  {actions.map(({ label, icon, keys, run }) => (
                    <Item key={label} value={`command ${label}`} icon={icon} onSelect={run}>
                      {label}
                      <span className="ml-auto flex gap-1">
                        {keys?.map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </span>
                    </Item>
                  ))}
                </Group>
              )}
            </Command.List>
          </Command>
        </Content>
      </Portal>
    </Root>
  );
}

/** Runs by their number or source. */
function Runs({ runs, go }: { runs: Finding["runs"]; go: (href: string) => void }) {
  if (runs.length === 0) return null;
  return (
    <Group heading="Runs">
      {runs.map(({ number, source, at }) => (
        <Item
          key={number}
          value={`run ${number}`}
          icon={<ArrowLeftRight aria-hidden />}
          onSelect={() => go(`/syncs/${number}`)}
        >
          {source} · run {number}
          <span className="ml-auto text-xs text-muted">
            <Time at={at} />
          </span>
        </Item>
      ))}
    </Group>
  );
}

const JOBS = [
  { label: "Start a job", href: "/jobs/new" },
  { label: "Start a job: export products", href: "/jobs/new/export.products" },
  { label: "Start a job: look for duplicates", href: "/jobs/new/duplicates.find" },
  { label: "Start a job: fetch pictures", href: "/jobs/new/images.fetch" },
  { label: "Start a job: make icons", href: "/jobs/new/icons.generate" },
];
const IMPORTS = [
  { label: "New product", href: "/products/new" },
  { label: "New metafield definition", href: "/metafields/new" },
  { label: "New import", href: "/feeds#import" },
  { label: "New source", href: "/feeds/new" },
  { label: "Generate icons", href: "/icons/new" },
];

/** Screens within screens. */
const FURTHER = [
  { label: "Go to schedules", href: "/jobs/schedules" },
  { label: "Go to notifications", href: "/notifications" },
  { label: "Go to approval rules", href: "/feeds/rules" },
  { label: "Go to who rules what (precedence)", href: "/feeds/precedence" },
  { label: "Go to answers given", href: "/inbox/answers" },
  { label: "Go to the timeline of syncs", href: "/syncs/timeline" },
  { label: "Go to refused rows by kind", href: "/syncs/errors" },
  { label: "Go to storage of the sync history", href: "/syncs/storage" },
  { label: "Go to pictures: missing, failed, look alike", href: "/reports/images" },
  { label: "Go to icon coverage: categories without one", href: "/icons/coverage" },
  { label: "Go to batches of icons", href: "/icons/batches" },
  { label: "Go to duplicates", href: "/reports/duplicates" },
  { label: "Go to activity: who did what", href: "/activity" },
  { label: "Go to the catalogue's growth", href: "/activity/growth" },
];

function commands(go: (href: string) => void, onClose: () => void, mayImport: boolean): Action[] {
  const screens = Object.entries(GO_TO).map(([key, { href, label }]) => ({
    label: `Go to ${label}`,
    icon: <CornerDownLeft aria-hidden />,
    keys: ["G", key.toUpperCase()],
    run: () => go(href),
  }));
  return [
    ...screens,
    ...(mayImport ? [...IMPORTS, ...FURTHER] : FURTHER).map(({ label, href }) => ({
      label,
      icon: <CornerDownLeft aria-hidden />,
      run: () => go(href),
    })),
    { label: "Go to Uncategorised", icon: <CornerDownLeft aria-hidden />, run: () => go("/catalog/~uncategorised") },
    { label: "Account", icon: <CircleUser aria-hidden />, run: () => go("/account") },
    {
      label: "Switch between light and dark",
      icon: <SunMoon aria-hidden />,
      run: () => {
        toggleTheme();
        onClose();
      },
    },
    {
      label: "Print this page",
      icon: <Printer aria-hidden />,
      run: () => {
        onClose();
        // On paper the palette would stand before the page.
        setTimeout(() => window.print());
      },
    },
    ...JOBS.map(({ label, href }) => ({ label, icon: <CirclePlay aria-hidden />, run: () => go(href) })),
    { label: "Keyboard shortcuts", icon: <Keyboard aria-hidden />, keys: ["?"], run: openShortcuts },
  ];
}

/** Where the products below are not found by what was typed, but by something near it. */
function Reading({ reading, typed }: { reading: ShownReading; typed: string }) {
  const { kind, shown, didYouMean } = reading;
  const sentence =
    kind === "corrected"
      ? `Nothing is found by “${typed}”: results for “${shown}”.`
      : kind === "someWords"
        ? `No product has all the words of “${shown}”: these have some.`
        : didYouMean && `Did you mean “${didYouMean}”?`;
  return sentence ? (
    <p role="status" className="px-4 pt-2 text-xs text-muted">
      {sentence}
    </p>
  ) : null;
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = { value: string; icon: ReactNode; onSelect: () => void; children: ReactNode };

function Item({ icon, children, ...props }: ItemProps) {
  return (
    <Command.Item
      {...props}
      className="flex h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 whitespace-nowrap data-[selected=true]:bg-accent-soft [&>svg]:size-[15px] [&>svg]:shrink-0 [&>svg]:text-muted"
    >
      {icon}
      {children}
    </Command.Item>
  );
}
