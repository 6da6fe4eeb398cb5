import { Fact } from "@/components/ui/fact";
import { rolesWith } from "@/lib/auth/actor";
import { formatPlural } from "@/lib/format";
import type { JobDefinition } from "@/lib/jobs/define-job";
import type { JobDuration } from "@/lib/jobs/durations";
import { rolesInWords } from "./roles-in-words";
import { usualTime } from "./usual-time";

type Props = { definition: JobDefinition; duration: JobDuration | undefined };

/** What a kind of job will do, before it is started. */
export function AboutJobType({ definition, duration }: Props) {
  const { name, description, stages, isResumable, idempotency, exclusive, permission } = definition;
  return (
    <aside aria-label="What it does" className="grid content-start gap-3 border-line-soft lg:border-l lg:pl-6">
      <p>{description}</p>
      <dl className="grid gap-3">
        <Fact label="It takes">
          {duration
            ? `usually ${usualTime(duration.medianSeconds)} (the last ${formatPlural(duration.count, "job")})`
            : "not known: none has finished yet"}
        </Fact>
        <Fact label="Stages">
          <ol className="list-inside list-decimal">
            {stages.map((stage) => (
              <li key={stage}>{stage}</li>
            ))}
          </ol>
        </Fact>
        <Fact label="When it is interrupted">
          {isResumable ? "it goes on where it stopped" : "the next try begins anew"}
        </Fact>
        <Fact label="Run twice">{idempotency}</Fact>
        {exclusive && <Fact label="Beside others">it waits for other jobs that write the catalogue</Fact>}
        <Fact label="May start it">{rolesInWords(rolesWith(permission))}</Fact>
        <Fact label="By command">
          <code className="mono text-xs break-words">stockroom job start {name} --help</code>
        </Fact>
      </dl>
    </aside>
  );
}
