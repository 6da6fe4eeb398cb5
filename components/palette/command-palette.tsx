"use client";

import { Command } from "cmdk";
import { Clock, MousePointerClick, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { Content, Description, Overlay, Portal, Root, Title } from "radix-ui/dialog";
import { useState } from "react";
import { forgetAllSearches, rememberSearch, useRecentSearches } from "@/components/search/recent-searches";
import { Kbd } from "@/components/ui/kbd";
import { FoundGroups, FoundRuns, ReadingNote } from "./found-groups";
import { pageCommands } from "./page-commands";
import { paletteCommands } from "./palette-commands";
import { PaletteGroup, PaletteItem } from "./palette-item";
import type { PaletteProps } from "./palette-place";
import { useFinding } from "./use-finding";

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

  const actions = paletteCommands(go, onClose, mayImport).filter(({ label }) =>
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
            {finding?.reading && <ReadingNote reading={finding.reading} typed={q} />}
            <Command.List className="scroller max-h-[min(26rem,60vh)] p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-muted">
                {hasFailed
                  ? "The search did not answer. Type again to retry."
                  : isWaiting
                    ? "Searching…"
                    : `Nothing is found by “${q}”.`}
              </Command.Empty>
              {!q && recent.length > 0 && (
                <PaletteGroup heading="Recent searches">
                  {recent.map((search) => (
                    <PaletteItem
                      key={search}
                      value={`recent ${search}`}
                      icon={<Clock aria-hidden />}
                      onSelect={() => setTyped(search)}
                    >
                      <span className="truncate">{search}</span>
                    </PaletteItem>
                  ))}
                  <PaletteItem value="forget recent" icon={<X aria-hidden />} onSelect={forgetAllSearches}>
                    Forget these searches
                  </PaletteItem>
                </PaletteGroup>
              )}
              {isAboutRuns && <FoundRuns runs={finding?.runs ?? []} go={go} />}
              {finding && <FoundGroups finding={finding} typed={q} found={found} go={go} />}
              {!isAboutRuns && <FoundRuns runs={finding?.runs ?? []} go={go} />}
              {offered.length > 0 && (
                <PaletteGroup heading="On this page">
                  {offered.map(({ label, run }) => (
                    <PaletteItem
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
                    </PaletteItem>
                  ))}
                </PaletteGroup>
              )}
              {actions.length > 0 && (
                <PaletteGroup heading="Commands">
                  {actions.map(({ label, icon, keys, run }) => (
                    <PaletteItem key={label} value={`command ${label}`} icon={icon} onSelect={run}>
                      {label}
                      <span className="ml-auto flex gap-1">
                        {keys?.map((key) => (
                          <Kbd key={key}>{key}</Kbd>
                        ))}
                      </span>
                    </PaletteItem>
                  ))}
                </PaletteGroup>
              )}
            </Command.List>
          </Command>
        </Content>
      </Portal>
    </Root>
  );
}
