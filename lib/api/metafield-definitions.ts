import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { parseInput } from "@/lib/failure";
import {
  newDefinitionInput,
  retypeDefinitionInput,
  updateDefinitionInput,
} from "@/lib/metafields/definitions/definition-input";
import { deleteDefinition } from "@/lib/metafields/definitions/delete-definition";
import {
  type DefinitionRecord,
  getDefinitionRecord,
  listDefinitionPage,
} from "@/lib/metafields/definitions/list-definition-page";
import { createDefinition, retypeDefinition, updateDefinition } from "@/lib/metafields/definitions/mutations";
import { USES_COUNTED } from "@/lib/metafields/definitions/uses-words";
import { metafieldType } from "@/lib/metafields/types";
import { endpoint } from "./endpoint";
import { ids, iso, text, time } from "./fields";
import { isOnePlace, listOf, pageFields, pageNumber, readCursor, TWO_PLACES, writeCursor } from "./paging";

const validations = z
  .array(z.object({ name: text(50), value: text(20_000) }))
  .max(20)
  .describe("As Shopify has them: `min`, `max`, `regex`, `choices` …, values as texts.");
const type = text(100).describe("A type of Shopify's (`number_integer`), or an older name (`integer`).");

const definitionJson = z
  .object({
    id: z.uuid(),
    namespace: z.string(),
    key: z.string(),
    name: z.string(),
    type: z.string(),
    description: z.string(),
    validations,
    is_required: z.boolean().describe("Every product shall have it; templates of categories may ask for it besides."),
    pinned_position: z.int().nullable().describe("Null is not pinned."),
    product_count: z.int().describe(`Products that have it, counted up to ${USES_COUNTED}.`),
    template_count: z.int().describe("Categories whose template asks for it."),
    version: z.int().describe("Rises with each change."),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: "MetafieldDefinition" });

const TAG = "Metafields";

export const listDefinitionsEndpoint = endpoint({
  method: "get",
  path: "/api/metafield-definitions",
  tag: TAG,
  summary: "Lists metafield definitions by namespace and key",
  query: z
    .object({
      ...pageFields,
      q: text(100).optional().describe("Part of the name, namespace or key."),
      namespace: text(255).optional(),
      type: text(100).optional(),
    })
    .refine(isOnePlace, TWO_PLACES),
  answer: { json: listOf(definitionJson) },
});

export const postDefinitionEndpoint = endpoint({
  method: "post",
  path: "/api/metafield-definitions",
  tag: TAG,
  summary: "Makes a metafield definition",
  body: z
    .strictObject({
      namespace: text(255),
      key: text(255),
      type,
      name: text(255),
      description: text(1_000).default(""),
      validations: validations.default([]),
      is_required: z.boolean("Send true or false.").default(false),
    })
    .meta({ id: "NewMetafieldDefinition" }),
  answer: { json: definitionJson, status: 201 },
  refusals: ["conflict"],
});

export const getDefinitionEndpoint = endpoint({
  method: "get",
  path: "/api/metafield-definitions/{id}",
  tag: TAG,
  summary: "Gets one metafield definition",
  ...ids,
  answer: { json: definitionJson },
});

export const patchDefinitionEndpoint = endpoint({
  method: "patch",
  path: "/api/metafield-definitions/{id}",
  tag: TAG,
  summary: "Changes a metafield definition",
  description:
    "Values that no longer fit stay as they are until somebody edits them. `type` goes alone, and only while no product has a value. With a `version` that is no longer the definition's the answer is 409 and nothing is saved.",
  ...ids,
  body: z
    .strictObject({
      name: text(255).optional(),
      description: text(1_000).optional(),
      validations: validations.optional(),
      is_required: z.boolean("Send true or false.").optional(),
      type: type.optional(),
      version: z.int().optional(),
    })
    .refine(({ type: asked, version: _, ...facts }) => (asked === undefined) !== (Object.keys(facts).length === 0), {
      message: "Send `type` alone, or one or more of name, description, validations and is_required.",
    })
    .meta({ id: "MetafieldDefinitionPatch" }),
  answer: { json: definitionJson },
  refusals: ["conflict"],
});

export const deleteDefinitionEndpoint = endpoint({
  method: "delete",
  path: "/api/metafield-definitions/{id}",
  tag: TAG,
  summary: "Deletes a metafield definition that nothing carries",
  description:
    "409 while a product or a category has a value of it: remove those first, by `POST /api/bulk-edits` with the operation `clear` of `metafield:<namespace>.<key>`. Templates that ask for it ask no longer.",
  ...ids,
  query: z.object({ version: z.coerce.number().int().optional().describe("Another one by now is a conflict.") }),
  answer: { status: 204 },
  refusals: ["conflict"],
});

type ListQuery = z.output<typeof listDefinitionsEndpoint.query>;

export async function definitionPage(actor: Actor, { page, per_page, cursor, q, namespace, type: asked }: ListQuery) {
  const place = readCursor(cursor, "definitions", ({ key }) => typeof key === "string");
  const offset = place ? place.rank + 1 : ((page ?? 1) - 1) * per_page;
  const { rows, total } = await listDefinitionPage(actor, {
    ...{ q, namespace, type: asked && (metafieldType(asked) ?? asked) },
    after: place && { namespace: String(place.key), key: place.id },
    skip: place ? 0 : offset,
    take: per_page,
  });
  const last = rows.at(-1);
  const end = offset + rows.length;
  return {
    data: rows.map(toJson),
    total,
    page: page ?? pageNumber(offset, per_page),
    per_page,
    next_cursor:
      last && end < total ? writeCursor("definitions", { key: last.namespace, id: last.key, rank: end - 1 }) : null,
  };
}

export async function definitionDetail(actor: Actor, id: string) {
  return toJson(await getDefinitionRecord(actor, id));
}

export async function postDefinition(actor: Actor, body: z.output<typeof postDefinitionEndpoint.body>) {
  const { is_required: isRequired, ...facts } = body;
  const { id } = await createDefinition(actor, parseInput(newDefinitionInput, { ...facts, isRequired }));
  return definitionDetail(actor, id);
}

export async function patchDefinition(actor: Actor, id: string, body: z.output<typeof patchDefinitionEndpoint.body>) {
  const now = await getDefinitionRecord(actor, id);
  const version = body.version ?? now.version;
  if (body.type !== undefined) {
    await retypeDefinition(actor, parseInput(retypeDefinitionInput, { id, version, type: body.type }));
  } else {
    const facts = {
      name: body.name ?? now.name,
      description: body.description ?? now.description,
      validations: body.validations ?? now.validations,
      isRequired: body.is_required ?? now.isRequired,
    };
    await updateDefinition(actor, parseInput(updateDefinitionInput, { id, version, ...facts }));
  }
  return definitionDetail(actor, id);
}

export async function removeDefinition(actor: Actor, id: string, version: number | undefined) {
  const now = await getDefinitionRecord(actor, id);
  await deleteDefinition(actor, { id, version: version ?? now.version });
}

function toJson(record: DefinitionRecord): z.output<typeof definitionJson> {
  const { id, namespace, key, name, type: of, description, validations: rules, version } = record;
  return {
    ...{ id, namespace, key, name, type: of, description, validations: rules, version },
    is_required: record.isRequired,
    pinned_position: record.pinnedPosition,
    product_count: record.uses,
    template_count: record.templates,
    created_at: iso(record.createdAt),
    updated_at: iso(record.updatedAt),
  };
}
