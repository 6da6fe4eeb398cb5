import { rejectProposal, rejectProposalEndpoint } from "@/lib/api/proposals";
import { route } from "@/lib/route";

export const POST = route({ grant: "sync:review", ...rejectProposalEndpoint }, ({ actor, params: { id }, body }) =>
  rejectProposal(actor, id, body.reason),
);
