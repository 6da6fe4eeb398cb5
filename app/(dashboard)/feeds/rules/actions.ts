"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { createRule, deleteRule, switchRule, updateRule } from "@/lib/sync/approval-rules/mutations";
import { tryRules } from "@/lib/sync/approval-rules/queries";
import { ruleInput } from "@/lib/sync/approval-rules/rule-input";

const shown = z.object({ id: z.uuid(), version: z.int() });

export const createRuleAction = action("sync:review", ruleInput, async (actor, input) => {
  const made = await createRule(actor, input);
  revalidatePath("/feeds/rules");
  return made;
});

export const updateRuleAction = action("sync:review", shown.and(ruleInput), async (actor, input) => {
  await updateRule(actor, input);
  revalidatePath("/feeds/rules");
});

export const switchRuleAction = action("sync:review", shown.extend({ isActive: z.boolean() }), async (actor, input) => {
  await switchRule(actor, input);
  revalidatePath("/feeds/rules");
});

export const deleteRuleAction = action("sync:review", shown, async (actor, input) => {
  await deleteRule(actor, input);
  revalidatePath("/feeds/rules");
});

export const tryRuleAction = action(
  "sync:read",
  z.object({ rule: ruleInput, replaces: z.uuid().optional() }),
  (actor, input) => tryRules(actor, input),
);
