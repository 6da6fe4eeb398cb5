"use client";

import { useSearchParams } from "next/navigation";
import { createContext, lazy, type MouseEvent, type ReactNode, Suspense, use, useEffect, useMemo, useRef } from "react";
import { isPlain, isTyping } from "@/components/palette/keyboard";

/** A row of the list, as far as the panel's head needs it before the rest has come. */
export type PeekRow = { id: string; sku: string; name: string };

interface Peek {
  openId: string | null;
  /** A pointer goes down on a row. */
  aim: () => void;
  /** A row is clicked: the first click opens it beside the list, the next one its page. */
  click: (event: MouseEvent, id: string) => void;
  /** The focus came to a row: what is open follows it. */
  follow: (id: string) => void;
}

const PeekContext = createContext<Peek | null>(null);

/** Null where a list opens nothing beside itself. */
export function usePeek(): Peek | null {
  return use(PeekContext);
}

/** Narrower places have no room beside the list. */
const ROOM = "(width >= 1024px)";

const ProductPanel = lazy(() => import("./product-panel").then((module) => ({ default: module.ProductPanel })));

/** The list, and beside it the product that the address names as open. */
export function ProductPeek({ rows, children }: { rows: PeekRow[]; children: ReactNode }) {
  const openId = useSearchParams().get("open");
  const openAtPress = useRef<string | null>(null);
  const at = rows.findIndex((row) => row.id === openId);

  const peek = useMemo<Peek>(
    () => ({
      openId,
      aim() {
        openAtPress.current = openId;
      },
      click(event, id) {
        const isPlainClick = event.button === 0 && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
        // Enter is a click without a count: it opens the page, as the second click does.
        if (!isPlainClick || event.detail === 0 || openAtPress.current === id || !matchMedia(ROOM).matches) return;
        event.preventDefault();
        show(id, openId !== null);
      },
      follow(id) {
        if (openId !== null && openId !== id) show(id, true);
      },
    }),
    [openId],
  );

  useEffect(
    function hearPeekKeys() {
      function press(event: KeyboardEvent) {
        if (!isPlain(event) || isTyping(event)) return;
        if (event.key === "Escape" && openId !== null) {
          event.preventDefault();
          event.stopImmediatePropagation();
          close();
        }
        if (event.key !== " ") return;
        const id = document.activeElement?.getAttribute("data-peek");
        if (!id || !matchMedia(ROOM).matches) return;
        event.preventDefault();
        if (openId === id) close();
        else show(id, openId !== null);
      }
      // In the capturing phase: Esc closes what is open before it lets the selection go.
      window.addEventListener("keydown", press, { capture: true });
      return () => window.removeEventListener("keydown", press, { capture: true });
    },
    [openId],
  );

  return (
    <PeekContext value={peek}>
      <div className="flex min-h-0 flex-1 print:block">
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col print:block">{children}</div>
        {openId !== null && (
          <Suspense fallback={null}>
            <ProductPanel
              id={openId}
              rows={rows}
              previous={rows[at - 1]?.id ?? null}
              next={at < 0 ? null : (rows[at + 1]?.id ?? null)}
              onShow={(id) => show(id, true)}
              onClose={close}
            />
          </Suspense>
        )}
      </div>
    </PeekContext>
  );
}

/** In the address, so that going back closes it and a colleague sees the same; the list is not asked for again. */
function show(id: string | null, isReplacing: boolean) {
  const address = new URL(window.location.href);
  if (id === null) address.searchParams.delete("open");
  else address.searchParams.set("open", id);
  if (isReplacing) window.history.replaceState(null, "", address);
  else window.history.pushState(null, "", address);
}

function close() {
  const open = document.querySelector<HTMLElement>("[data-peek][aria-current]");
  show(null, true);
  // Whoever closed it from within goes on from its row.
  open?.focus({ preventScroll: true });
}
