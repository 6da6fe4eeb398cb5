// One measured import in a process of its own, so that its memory is its own: worker, pipeline and all.
import { SYSTEM } from "@/lib/auth/actor";
import { db, disconnect } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { createFeedSource, requestFeedImport } from "@/lib/feeds/mutations";
import { runWorker } from "@/lib/jobs/worker";

const [feed] = process.argv.slice(2);
if (!feed) throw new Error("Name the feed to import.");
await migrate(env().databaseUrl);
const known = await db.feedSource.findFirst({ select: { id: true } });
const connection = { type: "upload" as const };
const sourceId = known?.id ?? (await createFeedSource(SYSTEM, { name: "Bench", kind: "shopify_csv", connection })).id;
const files = [{ path: feed, name: "feed" }];
const started = performance.now();
const { runId, jobId } = await requestFeedImport(SYSTEM, { sourceId, files, dryRun: false, autoApprove: true });
await runWorker({ signal: new AbortController().signal, only: jobId });
const seconds = (performance.now() - started) / 1000;
const run = await db.syncHistory.findUniqueOrThrow({ where: { id: runId } });
const { status, created, updated, unchanged, rejected, stages, errors } = run;
const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
await disconnect();
process.stdout.write(
  `${JSON.stringify({ seconds, peakRssMb, status, created, updated, unchanged, rejected, stages, errors })}\n`,
);
