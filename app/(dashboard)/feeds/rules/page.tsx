import { ListChecks, Plus } from "lucide-react";
import type { Metadata } from "next";
import { PageHead } from "@/components/frame/page-head";
import { RuleButton } from "@/components/rules/rule-button";
import { RulesTable } from "@/components/rules/rules-table";
import { TrialWords } from "@/components/rules/trial-words";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { listSourceNames } from "@/lib/feeds/queries";
import { listRules, tryRules } from "@/lib/sync/approval-rules/queries";

export const metadata: Metadata = { title: "Approval rules" };

export default async function RulesPage() {
  const actor = await requireActor();
  const [rules, sources, trials] = await Promise.all([
    listRules(actor),
    listSourceNames(actor),
    tryRules(actor, { rule: null }),
  ]);
  const mayEdit = can(actor, "sync:review");
  const choices = sources.map(({ id, name }) => ({ id, name }));
  return (
    <>
      <PageHead
        crumbs={[{ href: "/feeds", label: "Feeds" }]}
        title="Approval rules"
        actions={
          mayEdit && (
            <RuleButton sources={choices} rule={null}>
              <Plus aria-hidden />
              New rule
            </RuleButton>
          )
        }
      />
      <div className="grid max-w-[110ch] gap-2 px-4 pb-4">
        <p className="text-muted">
          A change of a product is applied without a person when every field of it is allowed by a rule. Everything else
          waits for review, and so does every run that a guard holds. Values that a person keeps always wait.
        </p>
        <TrialWords trials={trials} />
      </div>
      {rules.length === 0 ? (
        <EmptyState icon={ListChecks} title="No rule">
          Every change waits for a person until there is one.
        </EmptyState>
      ) : (
        <div className="shrink-0 border-t bg-panel">
          <RulesTable rules={rules} sources={choices} mayEdit={mayEdit} />
        </div>
      )}
    </>
  );
}
