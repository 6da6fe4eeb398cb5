import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { StatusDot, type Tone } from "@/components/ui/status";
import { formatCount, formatPlural } from "@/lib/format";
import type { listOpenWork } from "@/lib/sync/recent-work";

type Work = Awaited<ReturnType<typeof listOpenWork>>;

interface Item {
  key: string;
  tone: Tone;
  href: string;
  title: string;
  detail: string;
}

/** What waits for a person, worst first, each one click from where it is answered. */
export function OpenWork({ work }: { work: Work }) {
  const items = itemsOf(work);
  return (
    <section aria-labelledby="open-work">
      <h2 id="open-work" className="mb-2 text-xs text-muted">
        Needs a person
      </h2>
      {items.length === 0 ? (
        <p className="flex items-center gap-2 rounded-md border bg-panel px-3 py-3 text-muted">
          <CircleCheck aria-hidden className="size-[15px] text-green" />
          Nothing waits. New work appears here.
        </p>
      ) : (
        <ul className="rounded-md border bg-panel">
          {items.map((item) => (
            <li key={item.key} className="relative border-line-soft px-3 py-2 not-last:border-b hover:bg-hover">
              <div className="flex items-baseline gap-2">
                <StatusDot tone={item.tone}>
                  <span className="sr-only">{item.tone === "red" ? "failed" : "waits"}</span>
                </StatusDot>
                <Link href={item.href} className="row-link font-medium">
                  {item.title}
                </Link>
              </div>
              <p className="line-clamp-2 pl-[15px] text-xs text-muted">{item.detail}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function itemsOf({ reviews, failures, undecided, uncategorised }: Work): Item[] {
  return [
    ...failures.filter((run) => run.status === "failed").map(failedItem),
    ...reviews.map(reviewItem),
    ...undecided.map(undecidedItem),
    ...failures.filter((run) => run.status !== "failed").map(rejectedItem),
    ...(uncategorised > 0 ? [uncategorisedItem(uncategorised)] : []),
  ];
}

function failedItem(run: Work["failures"][number]): Item {
  return {
    key: `failed-${run.number}`,
    tone: "red",
    href: `/syncs/${run.number}`,
    title: `${run.source} failed`,
    detail: run.reason ?? "The run did not end. Its page says how far it came.",
  };
}

function reviewItem(run: Work["reviews"][number]): Item {
  const changes = run.created + run.updated + run.missing;
  return {
    key: `review-${run.number}`,
    tone: "amber",
    href: `/syncs/${run.number}`,
    title: `Review ${formatPlural(changes, "change")} of ${run.source}`,
    detail: run.heldReason ?? `Run ${run.number} waits for a manager's answer.`,
  };
}

function undecidedItem(run: Work["undecided"][number]): Item {
  return {
    key: `held-${run.number}`,
    tone: "amber",
    href: `/syncs/${run.number}?tab=held`,
    title: `${formatPlural(run.count, "row")} of ${run.source} found no product`,
    detail: `Held by run ${run.number} until somebody says which product they are.`,
  };
}

function rejectedItem(run: Work["failures"][number]): Item {
  return {
    key: `rejected-${run.number}`,
    tone: "amber",
    href: `/syncs/${run.number}?tab=rejected`,
    title: `${formatPlural(run.rejected, "row")} of ${run.source} refused`,
    detail: "Download them as received, mend them and send them again.",
  };
}

function uncategorisedItem(count: number): Item {
  return {
    key: "uncategorised",
    tone: "amber",
    href: "/catalog/~uncategorised",
    title: `${formatCount(count)} ${count === 1 ? "product has" : "products have"} no category`,
    detail: "The feed gave none. They wait in Uncategorised.",
  };
}
