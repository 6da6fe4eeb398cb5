import Link from "next/link";
import { WithdrawButton } from "@/components/runs/withdraw-button";
import { Time } from "@/components/ui/time";
import type { Proposal } from "@/lib/catalog/proposals";
import { cn } from "@/lib/class-names";

/** What is proposed for the product and waits, and what became of the reader's own last proposal. */
export function Proposals({ proposals }: { proposals: Proposal[] }) {
  const waiting = proposals.filter(isOpen);
  const answered = proposals.filter((proposal) => proposal.isMine && !isOpen(proposal)).slice(-1);
  return [...waiting, ...answered].map((proposal) => (
    <p
      key={proposal.runId}
      role="status"
      className={cn(
        "flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b px-4 py-1 first-of-type:border-t print:hidden",
        isOpen(proposal) && "bg-amber-soft text-amber",
      )}
    >
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <Words proposal={proposal} /> <Time at={proposal.at} />
        {proposal.reason && `: ${proposal.reason}`}
      </span>
      <Link href={`/syncs/${proposal.number}`} className="font-medium underline">
        Run {proposal.number}
      </Link>
      {proposal.isMine && proposal.state === "waiting" && (
        <span className="ml-auto">
          <WithdrawButton runId={proposal.runId} />
        </span>
      )}
    </p>
  ));
}

function isOpen({ state }: Proposal) {
  return state === "waiting" || state === "applying";
}

function Words({ proposal: { state, who, isMine, answeredBy } }: { proposal: Proposal }) {
  const whose = isMine ? "Your proposal" : `${who}’s proposal`;
  const by = answeredBy ? ` by ${answeredBy}` : "";
  switch (state) {
    case "waiting":
      return `${whose} waits for a manager, since`;
    case "applying":
      return `${whose} was approved${by} and is being applied,`;
    case "applied":
      return `${whose} was approved${by} and applied`;
    case "undone":
      return `${whose} was applied and then undone,`;
    case "rejected":
      return `${whose} was turned down${by}`;
    case "withdrawn":
      return "You withdrew your proposal";
    case "left":
      return `${whose} was approved${by} and could not be applied`;
    default:
      return state satisfies never;
  }
}
