// What an import alone does not leave behind, so that each page has something to show: an icon with its batch, a schedule.
import { type Actor, SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { iconRequest } from "@/lib/icons/icon-request";
import { requestIcons } from "@/lib/icons/request-icons";
import { createSchedule } from "@/lib/jobs/schedules/mutations";
import { newSchedule } from "@/lib/jobs/schedules/schedule-input";
import { runWorker } from "@/lib/jobs/worker";
import { ensureFirstUsers } from "@/lib/users/first-users";

/** Call `chooseDataFolder` first. */
export async function makeThings() {
  const { id } = await db.category.findFirstOrThrow({ select: { id: true }, orderBy: { id: "asc" } });
  const target = { kind: "categories", ids: [id] };
  const { jobId } = await requestIcons(SYSTEM, iconRequest.parse({ target }));
  await runWorker({ signal: new AbortController().signal, only: jobId });
  const when = { cron: "0 3 * * *", timeZone: "UTC" };
  const schedule = newSchedule.parse({ name: "Look for duplicates", jobType: "duplicates.find", when });
  await createSchedule(await firstAdmin(), schedule);
}

/** A schedule belongs to somebody. */
async function firstAdmin(): Promise<Actor> {
  await ensureFirstUsers();
  const user = await db.user.findFirstOrThrow({ where: { role: "admin" } });
  const { id: userId, email, role, username: name } = user;
  return { kind: "user", userId, email, name, role, sessionId: null, scopes: ["read", "write"] };
}
