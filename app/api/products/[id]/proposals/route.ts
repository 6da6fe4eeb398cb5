import { listProposalsEndpoint, postProposal, postProposalEndpoint, productProposals } from "@/lib/api/proposals";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...listProposalsEndpoint }, ({ actor, params: { id } }) =>
  productProposals(actor, id),
);

export const POST = route(
  { grant: "catalog:propose", ...postProposalEndpoint },
  async ({ actor, params: { id }, body }) => Response.json(await postProposal(actor, id, body), { status: 201 }),
);
