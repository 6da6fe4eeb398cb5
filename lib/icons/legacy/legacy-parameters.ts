import { z } from "zod";

/** Files that an import takes by upload; more come in a zip. */
export const MOST_UPLOADS = 1_000;

/** What a person gives to take over an earlier system's icons. */
export const legacyParameters = z.object({
  uploads: z
    .array(z.uuid("An upload's id."))
    .max(MOST_UPLOADS, "Upload at most 1,000 files, or all of them in a zip.")
    .default([])
    .meta({
      title: "Files",
      description: "A zip of the store's folder: its metadata.json and the pictures.",
      control: "uploads",
    }),
  path: z.string().trim().max(1_000, "Shorten this to 1,000 characters.").default("").meta({
    title: "Place on the server",
    description: "The store's folder, its metadata.json or a zip. Without files and place: the usual places.",
    control: "path",
  }),
  dryRun: z
    .boolean()
    .default(false)
    .meta({ title: "Dry run", description: "Tells what would be taken and takes nothing." }),
});
export type LegacyParameters = z.output<typeof legacyParameters>;
