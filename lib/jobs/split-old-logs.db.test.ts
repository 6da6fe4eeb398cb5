import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor, createJob } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { getJob } from "./get-job";
import { splitOldLogs } from "./split-old-logs";

const staff = actor("staff");
beforeEach(resetDatabase);

test("a log that an earlier version kept as one text is shown as lines, each once, whoever looks at once", async () => {
  const text = "2026-05-01T10:00:00.000Z Received items.csv\nsecond half\n2026-05-01T10:00:02.500Z Done\n";
  const { id } = await createJob({ status: "completed", outputLog: text });
  const { id: later } = await createJob({ status: "failed", outputLog: "no time here\n" });
  await Promise.all([splitOldLogs(), splitOldLogs()]);
  await splitOldLogs();
  const job = await getJob(staff, id);
  expect(job?.log.map(({ at, level, text }) => [at, level, text])).toEqual([
    ["2026-05-01T10:00:00.000Z", "info", "Received items.csv"],
    ["2026-05-01T10:00:00.000Z", "info", "second half"],
    ["2026-05-01T10:00:02.500Z", "info", "Done"],
  ]);
  expect((await getJob(staff, later))?.log).toMatchObject([{ text: "no time here" }]);
  expect(await db.job.count({ where: { outputLog: { not: "" } } })).toBe(0);
});
