import "server-only";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { defineJob } from "@/lib/jobs/define-job";
import { chosen } from "@/lib/jobs/parameter";
import { batchResult, resultInWords } from "./batch-result";
import { type IconRequest, type IconTarget, iconMaking } from "./icon-request";
import { BACKGROUND_WORDS, PROVIDER_WORDS, STYLE_WORDS } from "./look-words";
import { giveUpPictures } from "./making/give-up";
import { makeBuiltIn } from "./making/make-built-in";
import { makeByEndpoint } from "./making/make-by-endpoint";
import type { Making } from "./making/making";
import { settle } from "./making/settle";
import { requestIcons } from "./request-icons";

const STAGE = "Making icons";
const WHICH = {
  missing: "Categories without one",
  branch: "A category and all below it",
  category: "Certain categories",
};
/** Chosen one by one in a form; a longer choice is made on the page of icons. */
const MOST_CHOSEN = 200;

const { provider, style, color, background, size, variations, instructions, makeAnew, useAtOnce } = iconMaking.shape;
const parameters = z.object({
  which: z
    .enum(Object.keys(WHICH) as [keyof typeof WHICH, ...(keyof typeof WHICH)[]]) // its own keys
    .default("missing")
    .meta({ title: "Which categories", labels: WHICH }),
  category: chosen("category", "Category", "Of those without one: only those below it.")
    .optional()
    .meta({ shownWhen: { which: ["missing", "branch"] } }),
  categories: z
    .array(chosen("category", "Category"))
    .max(MOST_CHOSEN, `Choose at most ${MOST_CHOSEN}.`)
    .default([])
    .meta({ title: "Categories", choose: "category", shownWhen: { which: ["category"] } }),
  provider: provider.meta({
    title: "Made by",
    description: "The built-in generator needs no account and costs nothing.",
    labels: PROVIDER_WORDS,
  }),
  style: style.meta({ title: "Style", labels: STYLE_WORDS }),
  color,
  background: background.meta({ title: "Background", labels: BACKGROUND_WORDS }),
  size,
  variations: variations.meta({ title: "Variations", description: "Pictures of each category to choose from." }),
  instructions: instructions.meta({ title: "Instructions", description: "Words added to what an endpoint is told." }),
  ceiling: z
    .number("Enter an amount.")
    .min(0, "Enter an amount.")
    .max(1_000_000, "At most 1,000,000.")
    .optional()
    .meta({ title: "Ceiling", description: "What the batch may cost, in the endpoint's currency." }),
  makeAnew: makeAnew.meta({ title: "Make anew", description: "Asks again for what was made already." }),
  useAtOnce: useAtOnce.meta({
    title: "Use at once",
    description: "Approves it and shows it where a category has none.",
  }),
});

/** Makes the pictures of a batch, one after the other or some at once. */
export const generateJob = defineJob({
  name: "icons.generate",
  displayName: "Make icons",
  description: "Makes icons for categories, by the built-in generator or an image endpoint, for somebody to review.",
  group: "Icons",
  permission: "catalog:write",
  stages: [STAGE],
  isResumable: true,
  idempotency: "Goes on with what is left; what was made or paid for is not made again.",
  payload: z.object({ batchId: z.uuid(), makeAnew: z.boolean(), useAtOnce: z.boolean() }),
  parameters,
  async start(actor, { which, category, categories, ceiling, ...making }) {
    const { jobId } = await requestIcons(actor, {
      ...making,
      target: targetOf({ which, category, categories }),
      ceilingMicros: ceiling === undefined ? null : Math.round(ceiling * 1_000_000),
    });
    return { jobId };
  },
  resultTitles: { made: "Icons made", fromCache: "Made before", skipped: "Left out" },
  maxAttempts: 5,
  exclusive: null,
  async handle({ batchId, makeAnew, useAtOnce }, context) {
    const batch = await db.iconBatch.findUniqueOrThrow({ where: { id: batchId } });
    const total = await db.iconGeneration.count({ where: { batchId } });
    let done = total - (await db.iconGeneration.count({ where: { batchId, status: { in: ["waiting", "running"] } } }));
    const making: Making = {
      batch,
      makeAnew,
      context,
      report: () => context.report({ stage: STAGE, done, total, unit: "icons" }),
      async settle(outcomes) {
        await settle(batch, outcomes, useAtOnce);
        done += outcomes.length;
      },
    };
    if (batch.provider === "endpoint") await makeByEndpoint(making);
    else await makeBuiltIn(making);
    const result = await batchResult(batch);
    context.log(resultInWords(result));
    return { ...result };
  },
  async giveUp({ batchId }, { status, reason }) {
    const problem = status === "cancelled" ? "The batch was cancelled." : `The batch ended early: ${reason}`;
    await giveUpPictures(batchId, problem);
  },
  async reopen(tx, { batchId }) {
    await tx.iconGeneration.updateMany({
      where: { batchId, status: "skipped" },
      data: { status: "waiting", problem: null, completedAt: null },
    });
  },
});

type Chosen = Pick<z.output<typeof parameters>, "which" | "category" | "categories">;

function targetOf({ which, category, categories }: Chosen): IconTarget {
  if (which === "missing") return { kind: "missing", under: category ?? null };
  if (which === "branch") return { kind: "subtree", id: category ?? toChoose("category") };
  return { kind: "categories", ids: categories.length > 0 ? categories : toChoose("categories") };
}

function toChoose(name: "category" | "categories"): never {
  throw new AppError("invalid_input", "Choose a category.", { fields: { [name]: "Choose a category." } });
}

/** A request in the words of the form, for those made elsewhere; undefined where the form could not say it. */
export function givenOf({ target, ceilingMicros, ...making }: IconRequest): Record<string, unknown> | undefined {
  if (target.kind === "categories" && target.ids.length > MOST_CHOSEN) return undefined;
  return { ...chosenOf(target), ...making, ...(ceilingMicros === null ? {} : { ceiling: ceilingMicros / 1_000_000 }) };
}

function chosenOf(target: IconTarget): Partial<Chosen> {
  switch (target.kind) {
    case "missing":
      return { which: "missing", ...(target.under === null ? {} : { category: target.under }) };
    case "subtree":
      return { which: "branch", category: target.id };
    case "categories":
      return { which: "category", categories: target.ids };
    default:
      return target satisfies never;
  }
}
