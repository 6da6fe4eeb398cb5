import "server-only";
import type { z } from "zod";
import { type Actor, actorUserId } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { enqueue } from "@/lib/jobs/enqueue";
import { lastRunNumber } from "../match";
import type { RunMetadata, runMetadata } from "../run-metadata";
import { answerJob } from "./answer-job";

type Answers = NonNullable<z.input<typeof runMetadata>["answering"]>;

/** A run that applies what people answered about held rows, and its job. */
export async function requestAnswerRun(
  tx: Tx,
  actor: Actor,
  source: { id: string; name: string },
  answering: Answers,
  words: string,
) {
  await lockName(tx, "run numbers");
  const metadata: RunMetadata = { input: [], autoApprove: true, phase: "reading", answering };
  const { id, number } = await tx.syncHistory.create({
    data: {
      number: (await lastRunNumber(tx)) + 1,
      source: source.name,
      feedSourceId: source.id,
      trigger: "answer",
      userId: actorUserId(actor),
      metadata,
    },
    select: { id: true, number: true },
  });
  const displayName = `Apply ${words} for ${source.name}`;
  const jobId = await enqueue(tx, actor, answerJob, { runId: id }, { displayName });
  await tx.syncHistory.update({ where: { id }, data: { jobId }, select: { id: true } });
  return { runId: id, number, jobId };
}
