import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { type CategoryOperation, categoryOperation } from "@/lib/categories/category-operation";
import { changeCategory } from "@/lib/categories/change-category";
import { editCategory, editCategoryInput } from "@/lib/categories/edit-category";
import { getCategoryOrThrow, resolveCategoryOrThrow } from "@/lib/categories/resolve-category";
import { parseInput } from "@/lib/failure";
import { categoryDetail, categoryDetailJson } from "./categories";
import { endpoint } from "./endpoint";
import { text } from "./fields";

const place = text(2_000).describe("An id or a path.");
const confirmation = text(300).optional().describe("Of a merge of 50 products and more: `merge <its name>`.");

const changedJson = categoryDetailJson
  .extend({ run: z.int().nullable().describe("The run that did it, or does it; null where nothing changed.") })
  .meta({ id: "CategoryChanged" });

export const postCategoryEndpoint = endpoint({
  method: "post",
  path: "/api/categories",
  tag: "Categories",
  summary: "Makes a category",
  description: "As a run of its own that can be undone. Two of one name under one parent are refused as a conflict.",
  body: z
    .strictObject({ name: text(200), parent_id: place.nullable().default(null), description: text(20_000).optional() })
    .meta({ id: "NewCategory" }),
  answer: { json: changedJson, status: 201 },
  refusals: ["not_found", "conflict"],
});

export const patchCategoryEndpoint = endpoint({
  method: "patch",
  path: "/api/categories/{id}",
  tag: "Categories",
  summary: "Renames, moves, archives, restores, describes or merges a category",
  description:
    "One of these at a time: `name` (with or without `slug`), `parent_id` (with or without `before_id`), `is_active`, " +
    "`description`, `merge_into`. Each is a run of its own that can be undone. With a `version` that is no longer the " +
    "category's the answer is 409 and nothing is saved. After a merge the answer is the category it went into; of many " +
    "products a worker moves them, and the category is there until it has.",
  params: z.object({ id: text(2_000).min(1).describe("An id, or a path with its slashes as `%2F`.") }),
  body: z
    .strictObject({
      name: text(200).optional(),
      slug: text(100).optional(),
      parent_id: place.nullable().optional().describe("An id or a path; null is the top."),
      before_id: place.nullable().optional().describe("The sibling it shall stand before; null: last."),
      is_active: z.boolean("Send true or false.").optional(),
      description: text(20_000).optional(),
      merge_into: place.optional(),
      version: z.int().optional(),
      confirmation,
    })
    .refine((body) => KINDS.filter((kind) => body[kind] !== undefined).length === 1, {
      message: "Send one of name, parent_id, is_active, description and merge_into.",
    })
    .meta({ id: "CategoryPatch" }),
  answer: { json: changedJson },
  refusals: ["not_found", "conflict"],
});

const KINDS = ["name", "parent_id", "is_active", "description", "merge_into"] as const;
type Patch = z.output<typeof patchCategoryEndpoint.body>;

export async function postCategory(actor: Actor, body: z.output<typeof postCategoryEndpoint.body>) {
  const parentId = body.parent_id === null ? null : await resolveCategoryOrThrow(actor, body.parent_id);
  const operation = parseInput(categoryOperation, { kind: "create", parentId, name: body.name });
  const made = await changeCategory(actor, { operation });
  if (body.description) await edit(actor, made.id, { from: "", to: body.description });
  return { ...(await categoryDetail(actor, made.id)), run: made.number };
}

export async function patchCategory(actor: Actor, idOrPath: string, body: Patch) {
  const id = await resolveCategoryOrThrow(actor, idOrPath);
  if (body.description !== undefined) {
    const { record } = await getCategoryOrThrow(actor, id);
    const { number } = await edit(actor, id, { from: record.description, to: body.description });
    return { ...(await categoryDetail(actor, id)), run: number };
  }
  const { version, confirmation: typed } = body;
  const operation = parseInput(categoryOperation, await operationOf(actor, id, body));
  const changed = await changeCategory(actor, { operation, version, confirmation: typed });
  return { ...(await categoryDetail(actor, changed.id)), run: changed.number };
}

function edit(actor: Actor, id: string, description: { from: string; to: string }) {
  return editCategory(actor, parseInput(editCategoryInput, { id, description }));
}

async function operationOf(actor: Actor, id: string, body: Patch): Promise<CategoryOperation> {
  const resolved = (at: string) => resolveCategoryOrThrow(actor, at);
  if (body.name !== undefined) return { kind: "rename", id, name: body.name, slug: body.slug };
  if (body.merge_into !== undefined) return { kind: "merge", id, intoId: await resolved(body.merge_into) };
  if (body.is_active !== undefined) return { kind: body.is_active ? "restore" : "archive", id };
  const parentId = body.parent_id ? await resolved(body.parent_id) : null;
  const beforeId = body.before_id ? await resolved(body.before_id) : body.before_id;
  return { kind: "move", id, parentId, beforeId };
}
