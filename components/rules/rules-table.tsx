import { LedgerBody } from "@/components/data-table/ledger-body";
import { StatusDot } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { RuleRow } from "@/lib/sync/approval-rules/queries";
import { ruleLimits, ruleSubject } from "@/lib/sync/approval-rules/rule-words";
import { RuleButton } from "./rule-button";

type Props = { rules: RuleRow[]; sources: { id: string; name: string }[]; mayEdit: boolean };

export function RulesTable({ rules, sources, mayEdit }: Props) {
  return (
    <table className="ledger" aria-label="Approval rules">
      <colgroup>
        <col style={{ width: "26%" }} />
        <col />
        <col style={{ width: "230px" }} />
        <col style={{ width: "180px" }} />
        <col style={{ width: "130px" }} />
        <col style={{ width: "100px" }} />
        {mayEdit && <col style={{ width: "80px" }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Allows</th>
          <th scope="col">How far</th>
          <th scope="col">Feed</th>
          <th scope="col">Changed</th>
          <th scope="col">State</th>
          {mayEdit && (
            <th scope="col">
              <span className="sr-only">Edit</span>
            </th>
          )}
        </tr>
      </thead>
      <LedgerBody>
        {rules.map((rule) => (
          <tr key={rule.id}>
            <td data-phone="title" className="font-medium">
              {rule.name}
            </td>
            <td>{ruleSubject(rule.field)}</td>
            <td data-phone="below" className="tabular text-muted">
              {ruleLimits(rule)}
            </td>
            <td className="text-muted">{rule.source?.name ?? "Any feed"}</td>
            <td className="text-muted">
              <Time at={rule.updatedAt} />
            </td>
            <td data-phone="right">
              <StatusDot tone={rule.isActive ? "green" : "idle"}>{rule.isActive ? "on" : "off"}</StatusDot>
            </td>
            {mayEdit && (
              <td data-phone="below-right">
                <RuleButton rule={rule} sources={sources}>
                  Edit
                </RuleButton>
              </td>
            )}
          </tr>
        ))}
      </LedgerBody>
    </table>
  );
}
