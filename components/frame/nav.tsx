"use client";

import {
  Activity,
  ArrowLeftRight,
  Braces,
  Download,
  FolderTree,
  Gauge,
  Inbox,
  ListChecks,
  type LucideIcon,
  Shapes,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { formatCount, formatTotal } from "@/lib/format";
import { useWork } from "./work-context";

/** The screens of the menu; products belong to the catalogue. */
const SCREENS: { href: string; label: string; icon: LucideIcon; also?: string[] }[] = [
  { href: "/", label: "Overview", icon: Gauge },
  { href: "/inbox", label: "Inbox", icon: Inbox },
  { href: "/catalog", label: "Catalogue", icon: FolderTree, also: ["/products", "/categories", "/reports"] },
  { href: "/metafields", label: "Metafields", icon: Braces },
  { href: "/icons", label: "Icons", icon: Shapes },
  { href: "/feeds", label: "Feeds", icon: Download },
  { href: "/syncs", label: "Syncs", icon: ArrowLeftRight },
  { href: "/jobs", label: "Jobs", icon: ListChecks },
  { href: "/activity", label: "Activity", icon: Activity },
];

type Props = { onNavigate?: () => void };

export function Nav({ onNavigate }: Props) {
  const pathname = usePathname();
  const work = useWork();
  const figures: Record<string, ReactNode> = {
    "/inbox": work && work.inbox.count > 0 ? <span title="need a person">{formatTotal(work.inbox)}</span> : null,
    "/catalog": work && formatCount(work.products),
    "/jobs": work && work.runningCount > 0 ? <span title="running now">{formatCount(work.runningCount)}</span> : null,
  };
  return (
    <ul className="grid gap-px">
      {SCREENS.map(({ href, label, icon: Icon, also }) => (
        <li key={href}>
          <Link
            href={href}
            onClick={onNavigate}
            aria-current={
              isWithin(pathname, href) || also?.some((other) => isWithin(pathname, other)) ? "page" : undefined
            }
            title={label}
            className="nav-link"
          >
            <Icon aria-hidden />
            <span className="truncate group-data-[sidebar=icons]/frame:md:sr-only">{label}</span>
            <span className="tabular ml-auto text-xs font-normal text-faint group-data-[sidebar=icons]/frame:md:sr-only">
              {figures[href]}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function isWithin(pathname: string, href: string) {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
