"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { listFolderFiles } from "@/lib/feeds/list-folder";
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
