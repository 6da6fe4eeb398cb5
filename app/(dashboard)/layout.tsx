import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { signOutAction } from "@/app/(dashboard)/account/actions";
import { MenuSheet, Sidebar } from "@/components/frame/sidebar";
import { TopBar } from "@/components/frame/top-bar";
import { WorkProvider } from "@/components/frame/work-context";
import { PalettePlace } from "@/components/palette/palette-place";
import { ToasterPlace } from "@/components/ui/toaster";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { currentWork } from "@/lib/jobs/current-work";
import { SIDEBAR_COOKIE } from "@/lib/theme";

/** The frame of every screen. It guards nothing: each page and each function of `lib` checks for itself. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const [work, jar] = await Promise.all([currentWork(actor), cookies()]);
  const person =
    actor.kind === "user"
      ? { name: actor.name, email: actor.email, role: actor.role }
      : { name: actor.name, email: "", role: "" };
  return (
    <WorkProvider initial={work}>
      <div
        id="frame"
        data-sidebar={jar.get(SIDEBAR_COOKIE)?.value === "icons" ? "icons" : "open"}
        className="group/frame grid h-dvh grid-cols-[auto_minmax(0,1fr)] grid-rows-[44px_minmax(0,1fr)] max-md:grid-cols-[minmax(0,1fr)]"
        suppressHydrationWarning
      >
        <a
          href="#content"
          className="sr-only rounded-md bg-accent px-3 py-1.5 text-accent-text focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
        >
          Skip to content
        </a>
        <Sidebar />
        <TopBar person={person} signOut={signOutAction} />
        <main id="content" tabIndex={-1} className="scroller relative flex min-h-0 min-w-0 flex-col outline-none">
          {children}
        </main>
        <MenuSheet />
      </div>
      <PalettePlace mayImport={can(actor, "feed:run")} />
      <ToasterPlace />
    </WorkProvider>
  );
}
