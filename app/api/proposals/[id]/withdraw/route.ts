import { takeBackProposal, withdrawProposalEndpoint } from "@/lib/api/proposals";
import { route } from "@/lib/route";

export const POST = route({ grant: "catalog:propose", ...withdrawProposalEndpoint }, ({ actor, params: { id } }) =>
  takeBackProposal(actor, id),
);
