import { z } from "zod";
import { type Actor, assertCan, can } from "@/lib/auth/actor";
import { jobDurations } from "@/lib/jobs/durations";
import { jobFields } from "@/lib/jobs/job-fields";
import { jobDefinitions } from "@/lib/jobs/registry";
import { endpoint } from "./endpoint";

const jobTypeJson = z
  .object({
    name: z.string().describe("What `POST /api/jobs` calls it."),
    display_name: z.string(),
    group: z.string(),
    description: z.string(),
    permission: z.string().describe("The right that starting it needs."),
    may_start: z.boolean().describe("Whether you have that right."),
    parameters: z
      .looseObject({})
      .describe("JSON Schema of its parameters. `choose` names what a value is chosen from."),
    stages: z.array(z.string()).describe("What it does, one after the other."),
    is_resumable: z.boolean().describe("Whether a killed try is gone on with; otherwise it begins anew."),
    idempotency: z.string().describe("What happens when it runs twice."),
    typical_seconds: z.number().nullable().describe("The median of the last fifty; null before the first."),
  })
  .meta({ id: "JobType" });

export const listJobTypesEndpoint = endpoint({
  method: "get",
  path: "/api/job-types",
  tag: "Jobs",
  summary: "Lists the kinds of jobs, with what each is given",
  answer: { json: z.object({ data: z.array(jobTypeJson) }) },
});

export async function jobTypes(actor: Actor): Promise<{ data: z.output<typeof jobTypeJson>[] }> {
  assertCan(actor, "job:read");
  const types = jobDefinitions();
  const durations = await jobDurations(
    actor,
    types.map(({ name }) => name),
  );
  return {
    data: types.map((type) => ({
      name: type.name,
      display_name: type.displayName,
      group: type.group,
      description: type.description,
      permission: type.permission,
      may_start: can(actor, type.permission),
      parameters: parametersSchema(type.parameters),
      stages: [...type.stages],
      is_resumable: type.isResumable,
      idempotency: type.idempotency,
      typical_seconds: durations.get(type.name)?.medianSeconds ?? null,
    })),
  };
}

/** As JSON Schema, by the names that the API writes. */
export function parametersSchema(parameters: z.ZodObject): Record<string, unknown> {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, { io: "input" });
  const apiNames = new Map(jobFields(parameters).map(({ name, apiName }) => [name, apiName]));
  const apiName = (name: string) => apiNames.get(name) ?? name;
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [apiName(name), schema])),
    required: required.map(apiName),
    additionalProperties: false,
  };
}
