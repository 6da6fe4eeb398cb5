import { CirclePlay, CircleUser, CornerDownLeft, Keyboard, Printer, SunMoon } from "lucide-react";
import type { ReactNode } from "react";
import { toggleTheme } from "@/components/frame/theme";
import { GO_TO } from "./keyboard";
import { openShortcuts } from "./open-palette";

interface PaletteCommand {
  label: string;
  icon: ReactNode;
  keys?: string[];
  run: () => void;
}

const JOBS = [
  { label: "Start a job", href: "/jobs/new" },
  { label: "Start a job: export products", href: "/jobs/new/export.products" },
];
/** Those that change the catalogue. */
const WRITING_JOBS = [
  { label: "Start a job: look for duplicates", href: "/jobs/new/duplicates.find" },
  { label: "Start a job: fetch pictures", href: "/jobs/new/images.fetch" },
  { label: "Start a job: make icons", href: "/jobs/new/icons.generate" },
];
const NEW_THINGS = [
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

/** What can be done from everywhere, whatever is typed. */
export function paletteCommands(go: (href: string) => void, onClose: () => void, mayImport: boolean): PaletteCommand[] {
  const screens = Object.entries(GO_TO).map(([key, { href, label }]) => ({
    label: `Go to ${label}`,
    icon: <CornerDownLeft aria-hidden />,
    keys: ["G", key.toUpperCase()],
    run: () => go(href),
  }));
  return [
    ...screens,
    ...(mayImport ? [...NEW_THINGS, ...FURTHER] : FURTHER).map(({ label, href }) => ({
      label,
      icon: <CornerDownLeft aria-hidden />,
      run: () => go(href),
    })),
    { label: "Go to Uncategorised", icon: <CornerDownLeft aria-hidden />, run: () => go("/catalog/~uncategorised") },
    { label: "Account", icon: <CircleUser aria-hidden />, run: () => go("/account") },
    {
      label: "Switch between the light and dark theme",
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
    ...(mayImport ? [...JOBS, ...WRITING_JOBS] : JOBS).map(({ label, href }) => ({
      label,
      icon: <CirclePlay aria-hidden />,
      run: () => go(href),
    })),
    { label: "Keyboard shortcuts", icon: <Keyboard aria-hidden />, keys: ["?"], run: openShortcuts },
  ];
}
