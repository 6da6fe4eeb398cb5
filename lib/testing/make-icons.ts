import type { z } from "zod";
import { db, transaction } from "@/lib/db/client";
import { type IconTarget, iconRequest } from "@/lib/icons/icon-request";
import { endpointInput, readIconSettings, saveIconSettings } from "@/lib/icons/icon-settings";
import { requestIcons } from "@/lib/icons/request-icons";
import { actor } from "./factories";
import { workOff } from "./run-import";

/** Sets a test's endpoint up: a picture of 1,024 pixels costs 2 cents, one of 256 a cent. */
export async function saveEndpoint(
  baseUrl: string,
  changes: Partial<z.input<typeof endpointInput>> = {},
  monthCeilingMicros: number | null = null,
) {
  const endpoint = endpointInput.parse({
    baseUrl,
    model: "test-image-1",
    apiKey: "test-key-0123456789",
    sizes: [
      { pixels: 1024, priceMicros: 20_000 },
      { pixels: 256, priceMicros: 10_000 },
    ],
    answerFormat: "unsaid",
    isTransparent: false,
    heedsKeys: true,
    concurrency: 3,
    ...changes,
    timeoutSeconds: 30,
  });
  // A test's patience may be shorter than an admin's.
  endpoint.timeoutSeconds = changes.timeoutSeconds ?? 30;
  const { revision } = await readIconSettings(db);
  const settings = { revision, brandColor: "#2f6fed", currency: "USD", monthCeilingMicros, endpoint };
  return saveIconSettings(actor("admin"), settings);
}

let treeVersion = 1_000;

/** Has the tree read anew: a test's own rows raise no counter, and a reset puts it back. */
export async function freshTree() {
  treeVersion += 1;
  await transaction((tx) => tx.catalogueVersion.updateMany({ data: { version: treeVersion } }));
}

/** Asks for icons as a manager. */
export async function askIcons(target: IconTarget, making: Record<string, unknown> = {}) {
  await freshTree();
  return requestIcons(actor("manager"), iconRequest.parse({ target, ...making }));
}

/** Asks for icons and works them off. */
export async function makeIcons(target: IconTarget, making: Record<string, unknown> = {}) {
  const asked = await askIcons(target, making);
  await workOff(asked.jobId);
  return { ...asked, job: await jobOf(asked.jobId), generations: await generationsOf(asked.batchId) };
}

export const jobOf = (id: string) => db.job.findUniqueOrThrow({ where: { id } });
export const generationsOf = (batchId: string) =>
  db.iconGeneration.findMany({ where: { batchId }, orderBy: { id: "asc" } });
