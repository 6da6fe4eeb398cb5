import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type CategoryNode, type CategoryTree, categoryTree, trail } from "@/lib/categories/category-tree";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatCount, formatPlural } from "@/lib/format";
import { type Ceilings, overCeiling, priceOf, sizeFor, spentThisMonth } from "./costs";
import { coverageCounts, listGaps } from "./coverage";
import { BUILT_IN_MODEL, cacheKeyOf, iconPrompt } from "./icon-prompt";
import { type IconRequest, type IconTarget, MOST_PICTURES } from "./icon-request";
import { type IconSettings, readIconSettings } from "./icon-settings";
import type { IconProvider } from "./look-words";
import { findMade } from "./making/find-made";
import { nothingToMake } from "./nothing-to-make";

/** One picture that a batch is to have. */
export interface WantedIcon {
  categoryId: string;
  /** The names from the top, joined by ` > `. */
  categoryPath: string;
  variation: number;
  prompt: string;
  cacheKey: string;
}

export interface IconPlan {
  provider: IconProvider;
  model: string;
  categories: number;
  pictures: number;
  /** Made before with the same words: they cost nothing. */
  fromCache: number;
  /** Categories of the target that a batch has no room for; they come with the next. */
  leftOver: number;
  /** What the endpoint makes, in pixels both ways; null for the built-in generator. */
  madePixels: number | null;
  /** Millionths of `currency`; 0 for the built-in generator, null where nobody entered a price. */
  costMicros: number | null;
  currency: string;
  ceilings: Ceilings;
  /** Why it can't be begun, in a sentence; null when it can. */
  refusal: string | null;
  /** What the first category's picture would be asked for with. */
  samplePrompt: string;
}

/** What a request would make and cost; nothing is begun. @throws {AppError} `conflict` when there is nothing to make */
export async function planIcons(actor: Actor, request: IconRequest): Promise<IconPlan> {
  assertCan(actor, "catalog:write");
  return (await prepareIcons(actor, request)).plan;
}

/** The plan with the pictures themselves, and the request with its colour made plain. */
export async function prepareIcons(
  actor: Actor,
  asked: IconRequest,
): Promise<{ plan: IconPlan; wanted: WantedIcon[]; request: IconRequest }> {
  const [tree, settings] = await Promise.all([categoryTree(), readIconSettings(db)]);
  const request = asked.color === "brand" ? { ...asked, color: settings.brandColor } : asked;
  const all = await targetsOf(actor, tree, request.target);
  const room = Math.floor(MOST_PICTURES / request.variations);
  if (all.length > room && request.target.kind !== "missing") {
    const asks = formatPlural(all.length * request.variations, "picture");
    throw new AppError(
      "invalid_input",
      `${asks} are too many for one batch: ${formatCount(MOST_PICTURES)} at most. Choose a smaller branch.`,
    );
  }
  const nodes = all.slice(0, room);
  const model = request.provider === "built-in" ? BUILT_IN_MODEL : (settings.endpoint?.model ?? "");
  const wanted = nodes.flatMap((node) => wishes(tree, node, model, request));
  const made = request.makeAnew ? new Map() : await findMade(db, [...new Set(wanted.map(({ cacheKey }) => cacheKey))]);
  const fromCache = wanted.filter(({ cacheKey }) => made.has(cacheKey)).length;
  const cost = await costOf(request, settings, wanted.length - fromCache);
  return {
    wanted,
    request,
    plan: {
      provider: request.provider,
      model,
      categories: nodes.length,
      pictures: wanted.length,
      fromCache,
      leftOver: all.length - nodes.length,
      currency: settings.currency,
      samplePrompt: wanted[0]?.prompt ?? "",
      ...cost,
    },
  };
}

async function costOf(request: IconRequest, settings: IconSettings, toMake: number) {
  const { provider, ceilingMicros, size } = request;
  const isPaid = provider === "endpoint";
  const ceilings: Ceilings = {
    batch: { spentMicros: 0, ceilingMicros: isPaid ? ceilingMicros : null },
    month: {
      spentMicros: isPaid ? await spentThisMonth() : 0,
      ceilingMicros: isPaid ? settings.monthCeilingMicros : null,
    },
  };
  if (!isPaid) return { madePixels: null, costMicros: 0, ceilings, refusal: null };
  if (!settings.endpoint) {
    const refusal =
      "No image endpoint is set up. An admin can enter one in the icon settings; the built-in generator needs none.";
    return { madePixels: null, costMicros: null, ceilings, refusal };
  }
  const price = priceOf(settings, size);
  const costMicros = price === null ? null : price * toMake;
  const refusal = toMake === 0 ? null : overCeiling(costMicros, ceilings, settings.currency);
  return { madePixels: sizeFor(settings.endpoint, size).pixels, costMicros, ceilings, refusal };
}

async function targetsOf(actor: Actor, tree: CategoryTree, target: IconTarget): Promise<CategoryNode[]> {
  if (target.kind === "missing") {
    if (target.under !== null) nodeOrThrow(tree, target.under);
    const branch = target.under ?? undefined;
    const ids = await listGaps(actor, { branch });
    if (ids.length === 0) throw new AppError("conflict", nothingToMake(await coverageCounts(actor, branch)));
    return ids.flatMap((id) => tree.byId.get(id) ?? []);
  }
  if (target.kind === "subtree") return [...activeUnder(nodeOrThrow(tree, target.id))];
  return [...new Set(target.ids)].map((id) => nodeOrThrow(tree, id));
}

function nodeOrThrow(tree: CategoryTree, id: string): CategoryNode {
  const node = tree.byId.get(id);
  if (!node) throw new AppError("not_found", "A category of these is not there any more. Reload and choose again.");
  return node;
}

function* activeUnder(node: CategoryNode): Generator<CategoryNode> {
  yield node;
  for (const child of node.children) if (child.isActive) yield* activeUnder(child);
}

function wishes(tree: CategoryTree, node: CategoryNode, model: string, request: IconRequest): WantedIcon[] {
  const path = trail(tree, node).map(({ name }) => name);
  const prompt = iconPrompt(path, request);
  return Array.from({ length: request.variations }, (_, at) => {
    const variation = at + 1;
    const cacheKey = cacheKeyOf({ ...request, model, prompt, variation });
    return { categoryId: node.id, categoryPath: path.join(" > "), variation, prompt, cacheKey };
  });
}
