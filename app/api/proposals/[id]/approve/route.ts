import { approveProposal, approveProposalEndpoint } from "@/lib/api/proposals";
import { route } from "@/lib/route";

export const POST = route({ grant: "sync:review", ...approveProposalEndpoint }, ({ actor, params: { id }, body }) =>
  approveProposal(actor, id, body.shown_at),
);
