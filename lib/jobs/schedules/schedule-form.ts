import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import type { JobDefinition } from "../define-job";
import { type JobForm, newJobForm } from "../new-job-form";
import { scheduledFields } from "./schedulable";

/** The form of what a schedule gives its job: without what is there once. */
export async function scheduleFormOf(actor: Actor, definition: JobDefinition, given: unknown = {}): Promise<JobForm> {
  const { values, chosen } = await newJobForm(actor, definition.name, z.record(z.string(), z.unknown()).parse(given));
  const fields = scheduledFields(definition);
  const ofFields = <T>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => fields.some((field) => field.name === name)));
  return { fields, values: ofFields(values), chosen: ofFields(chosen) };
}
