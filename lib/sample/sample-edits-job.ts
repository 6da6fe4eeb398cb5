import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { updateProduct } from "@/lib/catalog/update-product";
import { db } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { codecOf } from "@/lib/metafields/types";
import { makeSampleDay } from "./sample-days";

/** What a manager of the sample shop changes between the two days: fields that the second day's feeds change as well. */
const PRICES = 3;
const ATTRIBUTES = 3;

/**
 * Edits some products of the sample the way a person does, so that the second day has values to keep against the feeds.
 * Run again it changes nothing: what it wants is there already.
 */
export const sampleEditsJob = defineJob({
  name: "sample.edits",
  displayName: "Edit some sample products",
  description: "Edits a few products of the sample shop the way a person does. Without the sample it changes nothing.",
  group: "Upkeep",
  permission: "catalog:write",
  stages: ["Editing"],
  isResumable: false,
  idempotency: "Run again it finds its edits made and changes nothing.",
  payload: z.object({}),
  resultTitles: { edited: "Products edited" },
  recurs: false,
  maxAttempts: 3,
  exclusive: "catalogue",
  async handle(_, context) {
    const manager = await sampleManager();
    const changes = makeSampleDay({ day: 2 }).changes;
    if (!manager || !changes) return { edited: 0 };
    const edits = [
      ...changes.priceChanged.slice(0, PRICES).map(
        ({ id }) =>
          () =>
            roundPrice(manager, id),
      ),
      ...changes.attributeChanged.slice(0, ATTRIBUTES).map(
        ({ id, name }) =>
          () =>
            noteMeasured(manager, id, name),
      ),
    ];
    for (const [done, edit] of edits.entries()) {
      await context.report({ stage: "Editing", done, total: edits.length, unit: "products" });
      await edit();
    }
    return { edited: edits.length };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

/** The sample's manager as a signed-in person would act; null where somebody removed the account. */
async function sampleManager(): Promise<Actor | null> {
  const user = await db.user.findFirst({ where: { role: "manager", isActive: true }, orderBy: { createdAt: "asc" } });
  if (!user) return null;
  const name = `${user.firstName} ${user.lastName}`.trim() || user.username;
  const { id: userId, email, role } = user;
  return { kind: "user", userId, email, name, role, sessionId: null, scopes: ["read", "write"] };
}

async function sampleProduct(feedId: number) {
  const item = await db.sourceItem.findFirst({
    where: { entity: "product", externalKey: String(feedId), source: { isSample: true, kind: "etilize" } },
    select: { product: { select: { id: true, priceCents: true, metafields: true } } },
  });
  return item?.product ?? null;
}

/** A shelf price that ends in 9. */
async function roundPrice(manager: Actor, feedId: number) {
  const product = await sampleProduct(feedId);
  if (!product?.priceCents) return;
  const to = Math.max(9, Math.floor(product.priceCents / 100) * 100 - 1);
  const changes = { priceCents: { from: product.priceCents, to } };
  await updateProduct(manager, { id: product.id, changes, metafields: [] });
}

async function noteMeasured(manager: Actor, feedId: number, attribute: string) {
  const product = await sampleProduct(feedId);
  const definition = await db.metafieldDefinition.findFirst({ where: { namespace: "etilize", name: attribute } });
  const current = product?.metafields.find((metafield) => metafield.key === definition?.key);
  // Only a text takes a remark; a number or a yes keeps its type.
  if (!product || !current || codecOf(current.type).control !== "text" || current.value.endsWith("(checked)")) return;
  const { namespace, key, value } = current;
  const edit = { namespace, key, from: value, to: `${value} (checked)` };
  await updateProduct(manager, { id: product.id, changes: {}, metafields: [edit] });
}
