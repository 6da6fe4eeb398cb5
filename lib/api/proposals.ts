import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { getProductOrThrow } from "@/lib/catalog/get-product";
import { listProposals } from "@/lib/catalog/proposals";
import { proposeEdit } from "@/lib/catalog/propose-edit";
import { withdrawProposal } from "@/lib/catalog/withdraw-proposal";
import { AppError } from "@/lib/errors";
import { approveRun, rejectRun } from "@/lib/sync/mutations";
import { getRunOrThrow } from "@/lib/sync/queries";
import { endpoint } from "./endpoint";
import { ids, iso, text, time } from "./fields";
import { storedText } from "./metafields";
import { inFieldWords, productPatch, withCategoryId } from "./product-patch";
import { runParams } from "./sync-logs";

const proposedJson = z.object({ run_id: z.uuid(), number: z.int() });

const proposalJson = z
  .object({
    ...proposedJson.shape,
    proposed_by: z.string(),
    is_mine: z.boolean(),
    state: z.enum(["waiting", "applying", "applied", "undone", "rejected", "withdrawn", "left"]),
    answered_by: z.string().nullable(),
    reason: z.string().nullable(),
    at: time.describe("When it came to this state. UTC."),
  })
  .meta({ id: "Proposal" });

const metafieldEdit = z.strictObject({
  namespace: text(255).min(1),
  key: text(255).min(1),
  value: storedText.nullable().describe("Null removes it."),
  from: storedText.nullable().optional().describe("The value that was seen; null: there was none."),
});

export const postProposalEndpoint = endpoint({
  method: "post",
  path: "/api/products/{id}/proposals",
  tag: "Products",
  summary: "Proposes changes of a product, which a manager answers",
  description:
    "Checked and compared as `PATCH` does; nothing is changed before the proposal, a run that waits for review, is approved.",
  ...ids,
  body: z
    .strictObject({
      fields: productPatch.optional().describe("As `PATCH` takes them."),
      metafields: z.array(metafieldEdit).max(1_000, "Send at most 1,000 metafields.").default([]),
    })
    .refine(({ fields, metafields }) => fields || metafields.length > 0, "Send at least one change.")
    .meta({ id: "NewProposal" }),
  answer: { json: proposedJson.meta({ id: "Proposed" }), status: 201 },
  refusals: ["conflict"],
});

export const listProposalsEndpoint = endpoint({
  method: "get",
  path: "/api/products/{id}/proposals",
  tag: "Products",
  summary: "Lists what is proposed for a product and waits, and what became of one's own of the last seven days",
  ...ids,
  answer: { json: z.object({ data: z.array(proposalJson) }).meta({ id: "Proposals" }) },
});

export const approveProposalEndpoint = endpoint({
  method: "post",
  path: "/api/proposals/{id}/approve",
  tag: "Products",
  summary: "Approves a proposal: a worker applies it",
  description:
    "A field that somebody changed since stays as it is, and the run says so. 409 when it is answered already.",
  params: runParams,
  body: z
    .strictObject({ shown_at: time.describe("When you read its changes at /api/sync-logs/{number}/changes. UTC.") })
    .meta({ id: "ProposalApproval" }),
  answer: { json: z.object({ ...proposedJson.shape, job_id: z.uuid() }).meta({ id: "ProposalApproved" }) },
  refusals: ["conflict"],
});

export const rejectProposalEndpoint = endpoint({
  method: "post",
  path: "/api/proposals/{id}/reject",
  tag: "Products",
  summary: "Turns a proposal down",
  params: runParams,
  body: z
    .strictObject({ reason: text(500).min(3, "Say in a few words why, for whoever proposed it.") })
    .meta({ id: "ProposalRejection" }),
  answer: { json: proposedJson.meta({ id: "ProposalRejected" }) },
  refusals: ["conflict"],
});

export const withdrawProposalEndpoint = endpoint({
  method: "post",
  path: "/api/proposals/{id}/withdraw",
  tag: "Products",
  summary: "Takes back a proposal of one's own that nobody has answered",
  params: runParams,
  answer: { json: proposedJson.meta({ id: "ProposalWithdrawn" }) },
  refusals: ["conflict"],
});

type NewProposal = z.output<typeof postProposalEndpoint.body>;

/** @throws {AppError} as `proposeEdit` does, in the request's own words */
export async function postProposal(actor: Actor, id: string, { fields, metafields }: NewProposal) {
  const edits = metafields.map(({ namespace, key, value, from }) => ({ namespace, key, from, to: value }));
  const { runId, number } = await inFieldWords(fields?.forms, async () =>
    proposeEdit(actor, { id, changes: await withCategoryId(actor, fields?.changes ?? {}), metafields: edits }),
  );
  return { run_id: runId, number };
}

/** @throws {AppError} `not_found` */
export async function productProposals(
  actor: Actor,
  id: string,
): Promise<z.output<typeof listProposalsEndpoint.answer.json>> {
  await getProductOrThrow(actor, id);
  const proposals = await listProposals(actor, id);
  return {
    data: proposals.map(({ runId, number, who, isMine, state, answeredBy, reason, at }) => ({
      ...{ run_id: runId, number, proposed_by: who, is_mine: isMine, state },
      ...{ answered_by: answeredBy, reason, at: iso(at) },
    })),
  };
}

/** @throws {AppError} `not_found` for a run that is no proposal, else as `approveRun` */
export async function approveProposal(actor: Actor, id: string | number, shownAt: string) {
  const run = await proposalOrThrow(actor, id);
  const { jobId } = await approveRun(actor, { runId: run.run_id, shownAt: new Date(shownAt) });
  return { ...run, job_id: jobId };
}

/** @throws {AppError} as approveProposal */
export async function rejectProposal(actor: Actor, id: string | number, reason: string) {
  const run = await proposalOrThrow(actor, id);
  await rejectRun(actor, { runId: run.run_id, reason });
  return run;
}

/** @throws {AppError} as withdrawProposal */
export async function takeBackProposal(actor: Actor, id: string | number) {
  const run = await proposalOrThrow(actor, id);
  await withdrawProposal(actor, { runId: run.run_id });
  return run;
}

async function proposalOrThrow(actor: Actor, id: string | number) {
  const run = await getRunOrThrow(actor, id);
  if (run.syncType !== "proposal") throw new AppError("not_found", `Run ${run.number} is no proposal.`);
  return { run_id: run.id, number: run.number };
}
