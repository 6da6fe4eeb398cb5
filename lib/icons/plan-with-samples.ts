import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { IconRequest } from "./icon-request";
import { type IconPlan, prepareIcons } from "./plan-icons";

export interface PlanWithSamples {
  plan: IconPlan;
  /** The first category of the plan, one from its middle and its last: what they will look like can be shown. */
  samples: { id: string; name: string }[];
}

/** What a request would make and cost, with a few of its categories. @throws {AppError} as `planIcons` */
export async function planWithSamples(actor: Actor, request: IconRequest): Promise<PlanWithSamples> {
  const { plan, wanted } = await prepareIcons(actor, request);
  const firsts = wanted.filter(({ variation }) => variation === 1);
  const places = [...new Set([0, Math.floor(firsts.length / 2), firsts.length - 1])];
  const samples = places.flatMap((at) => {
    const one = firsts[at];
    return one ? [{ id: one.categoryId, name: one.categoryPath.split(" > ").at(-1) ?? one.categoryPath }] : [];
  });
  return { plan, samples };
}
