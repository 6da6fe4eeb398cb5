"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { connectionInput } from "@/lib/feeds/connection";
import { requestFetch } from "@/lib/feeds/fetch/request-fetch";
import { testConnection } from "@/lib/feeds/fetch/test-connection";
import { listFolderFiles } from "@/lib/feeds/list-folder";
import { createFeedSource, newSource } from "@/lib/feeds/mutations";
import {
  activeChange,
  connectionChange,
  nameChange,
  renameSource,
  saveConnection,
  saveSchedule,
  scheduleChange,
  setSourceActive,
} from "@/lib/feeds/source-settings";
import { importInput, startImport } from "@/lib/feeds/start-import";

export const startImportAction = action("feed:run", importInput, async (actor, input) => {
  const { number } = await startImport(actor, input);
  revalidatePath("/", "layout");
  return { number };
});

export const previewFolderAction = action(
  "feed:run",
  z.object({ path: z.string().trim().min(1, "Enter the folder's path on the server.") }),
  (actor, { path }) => listFolderFiles(actor, path),
);

export const requestFetchAction = action(
  "feed:run",
  z.object({ sourceId: z.uuid(), force: z.boolean() }),
  async (actor, input) => {
    const fetch = await requestFetch(actor, input);
    revalidatePath("/feeds", "layout");
    return fetch;
  },
);

export const createSourceAction = action("feed:run", newSource, async (actor, input) => {
  const source = await createFeedSource(actor, input);
  revalidatePath("/feeds", "layout");
  return source;
});

export const testConnectionAction = action(
  "feed:run",
  z.object({ sourceId: z.uuid().nullable(), connection: connectionInput }),
  (actor, input) => testConnection(actor, input),
);

export const saveConnectionAction = action("feed:run", connectionChange, async (actor, input) => {
  await saveConnection(actor, input);
  revalidatePath("/feeds", "layout");
  return {};
});

export const saveScheduleAction = action("feed:run", scheduleChange, async (actor, input) => {
  await saveSchedule(actor, input);
  revalidatePath("/feeds", "layout");
  return {};
});

export const renameSourceAction = action("feed:run", nameChange, async (actor, input) => {
  await renameSource(actor, input);
  revalidatePath("/feeds", "layout");
  return {};
});

export const setSourceActiveAction = action("feed:run", activeChange, async (actor, input) => {
  await setSourceActive(actor, input);
  revalidatePath("/feeds", "layout");
  return {};
});
