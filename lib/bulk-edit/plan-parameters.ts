import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { listSelection } from "@/lib/catalog/selection";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { StartedJob } from "@/lib/jobs/define-job";
import { chosen } from "@/lib/jobs/parameter";
import { runMetadata } from "@/lib/sync/run-metadata";
import { editRequest, errorPolicy } from "./bulk-edit-input";
import { ENDINGS, type Operation, operation } from "./operation";

const KINDS: Record<Operation["kind"], string> = {
  set: "set a value",
  add: "set a value where there is none",
  clear: "clear a value",
  math: "calculate",
  round: "round prices",
  replace: "find and replace",
  prefix: "put text in front",
  suffix: "put text behind",
  template: "write from a template",
  case: "change upper and lower case",
  move: "move to a category",
  status: "change the status",
  keep: "keep against feeds",
  release: "let feeds change again",
};

const WITH_FIELD = Object.keys(KINDS).filter((kind) => kind !== "move" && kind !== "status");
const WITHOUT_VALUE = ["clear", "round", "move", "keep", "release"];
const WITH_VALUE = Object.keys(KINDS).filter((kind) => !WITHOUT_VALUE.includes(kind));

/** What a person gives to plan one change of many products. */
export const planParameters = z.object({
  query: listSelection.shape.query.default("").meta({
    title: "Which products",
    description: "The address of a product list, after its ?: brand=Acme&stock=out. Empty is all of them.",
  }),
  category: chosen("category", "In the category", "Only products of it and what is below it.").optional(),
  do: z
    .enum(Object.keys(KINDS) as [Operation["kind"], ...Operation["kind"][]]) // every key of the record, at least one
    .default("set")
    .meta({ title: "What is done", labels: KINDS }),
  field: chosen("field", "Field", "What is changed; not for a move or a status.")
    .optional()
    .meta({ shownWhen: { do: WITH_FIELD } }),
  value: z
    .string()
    .max(200_000, "Shorten this to 200,000 characters.")
    .optional()
    .meta({
      shownWhen: { do: WITH_VALUE },
      title: "Value",
      description:
        "The new value; the number to calculate with; the text to find, put in front or behind; the template; upper, lower, title or sentence; draft, active or archived.",
    }),
  with: z
    .string()
    .max(5_000, "Shorten this to 5,000 characters.")
    .default("")
    .meta({ shownWhen: { do: ["replace"] }, title: "Replace it with", description: "For find and replace." }),
  how: z
    .enum(["percent", "add", "times"])
    .default("percent")
    .meta({
      shownWhen: { do: ["math"] },
      title: "Calculate",
      description: "For calculating.",
      labels: { percent: "add per cent", add: "add an amount", times: "multiply" },
    }),
  ending: z
    .enum(ENDINGS)
    .optional()
    .meta({
      shownWhen: { do: ["math", "round"] },
      title: "Price ending",
      description: "For rounding, and for calculating prices.",
    }),
  to: chosen("category", "To the category", "For a move.")
    .optional()
    .meta({ shownWhen: { do: ["move"] } }),
  policy: errorPolicy.default("skip").meta({
    title: "Where a product can't be changed so",
    labels: { skip: "leave it out", all: "change none at all" },
  }),
});
type Given = z.output<typeof planParameters>;

/** @throws {AppError} as `requestBulkEdit`; `invalid_input` naming the parameter that does not fit what is done */
export async function startPlan(actor: Actor, given: Given): Promise<StartedJob> {
  const { requestBulkEdit } = await import("./request-bulk-edit");
  const selection = { query: given.query, category: given.category ?? null, except: [] };
  return requestBulkEdit(actor, { operations: [operationOf(given)], policy: given.policy, selection });
}

/** Which parameter says what an operation calls so. */
const SAID_BY: Record<string, keyof Given> = { categoryId: "to", field: "field", ending: "ending", with: "with" };

function operationOf({ do: kind, field, value, with: replacement, how, ending, to }: Given): Operation {
  const parsed = operation.safeParse({
    kind,
    field,
    value,
    find: value,
    text: value,
    by: value,
    with: replacement,
    how,
    ending,
    categoryId: to,
    ...(kind === "case" || kind === "status" ? { to: value } : {}),
  });
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) {
    const name = SAID_BY[String(path[0])] ?? "value";
    fields[name] ??= name === "field" && field === undefined ? "Choose a field." : message;
  }
  throw new AppError("invalid_input", `${Object.values(fields).join(" ")}`, { fields });
}

const planned = editRequest.extend({ selection: listSelection });

/** What a plan of one change of a list was asked for with; ticked products and several changes at once are not a form's. */
export async function recallPlan({ runId }: { runId: string }): Promise<z.input<typeof planParameters>> {
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { metadata: true } });
  const edit = planned.safeParse(runMetadata.parse(run?.metadata ?? {}).edit).data;
  const [only, ...more] = edit?.operations ?? [];
  if (!edit || !only || more.length > 0) return {};
  const { kind: does, ...of } = only;
  const said = (name: string) => (name in of ? String(Reflect.get(of, name) ?? "") : undefined);
  const { query, category } = edit.selection;
  return {
    do: does,
    query,
    ...(category === null ? {} : { category }),
    field: said("field"),
    value: said("value") ?? said("find") ?? said("text") ?? said("by") ?? said("to"),
    with: said("with"),
    to: said("categoryId"),
    policy: edit.policy,
    ...("how" in of ? { how: of.how } : {}),
    ...("ending" in of ? { ending: of.ending } : {}),
  };
}
