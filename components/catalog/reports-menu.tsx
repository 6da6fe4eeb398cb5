"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { requestImagesFetchAction } from "@/app/(dashboard)/reports/images/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/dropdown-menu";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";

const REPORTS = [
  { href: "/reports/images", label: "Pictures", about: "missing, failed, look alike" },
  { href: "/reports/duplicates", label: "Duplicates", about: "equal codes, names, pictures" },
  { href: "/reports/size", label: "Size", about: "how much it holds, warnings" },
];

export interface ReportsProps {
  /** The category that the list stands in, for who may have its pictures fetched. */
  category: { id: string; name: string } | null;
}

export function ReportsMenu({ trigger, defaultOpen, category }: ReportsProps & IntentProps) {
  const router = useRouter();

  async function fetchPictures(id: string, name: string) {
    const result = await answerOf(requestImagesFetchAction({ kind: "category", id }));
    if (!result.ok) return void showToast(result.error.message, { tone: "error" });
    const { jobId, pictures } = result.data;
    await showToast(`Fetching ${formatPlural(pictures, "picture")} in ${name}`, {
      action: { label: "Open the job", onClick: () => router.push(`/jobs/${jobId}`) },
    });
  }

  return (
    <Menu defaultOpen={defaultOpen}>
      <MenuTrigger asChild>{trigger}</MenuTrigger>
      <MenuContent>
        {REPORTS.map(({ href, label, about }) => (
          <MenuItem key={href} asChild>
            <Link href={href}>
              {label}
              <span className="ml-auto pl-4 text-xs text-muted">{about}</span>
            </Link>
          </MenuItem>
        ))}
        {category && (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => void fetchPictures(category.id, category.name)}>
              Fetch missing pictures in {category.name}
            </MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  );
}
