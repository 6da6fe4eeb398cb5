import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { declineSample, requestSample } from "@/lib/sample/request-sample";
import { ensureDefaultRules } from "@/lib/sync/approval-rules/ensure-default-rules";
import { ensureFirstUsers } from "@/lib/users/first-users";
import type { Outcome } from "./outcome";

/** Makes what is missing of database, first sign-ins and sample; a second time changes nothing. */
export async function init({ demo }: { demo: boolean }): Promise<Outcome> {
  const { applied } = await migrate(env().databaseUrl);
  const signIns = await ensureFirstUsers({ demo });
  await ensureDefaultRules();
  const isSampleRequested = demo && (await requestSample());
  if (!demo) await declineSample();
  const lines = [
    applied.length > 0 ? `The database is ready: applied ${applied.join(", ")}.` : "The database is up to date.",
    ...signIns.map(({ email, password, role }) => `${role} (password shown this once): ${email}  ${password}`),
    ...(isSampleRequested ? ["The sample catalogue waits for a worker: npm start, or stockroom worker."] : []),
  ];
  const value = {
    applied,
    users: signIns,
    sample_requested: isSampleRequested,
  };
  return { ok: true, value, text: lines.join("\n") };
}
