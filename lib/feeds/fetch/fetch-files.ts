import { z } from "zod";

/** FeedFetch.files */
const fetchedFiles = z.array(
  z.object({
    /** As the server calls it. */
    name: z.string(),
    /** The source's name and the day: `CowansOfficeSupplies_20250627.csv`. */
    displayName: z.string(),
    bytes: z.number(),
    hash: z.string(),
    modifiedAt: z.string().nullable(),
  }),
);
export type FetchedFile = z.output<typeof fetchedFiles>[number];

/** What an older version wrote in another shape is left out. */
export function parseFetchedFiles(stored: unknown): FetchedFile[] {
  return fetchedFiles.safeParse(stored).data ?? [];
}

/**
 * What the screens call a fetched file: of a feed of one file, source and day with the ending of what is in it; of
 * several, their own names and the day.
 */
export function displayNameOf(
  file: { name: string; feedEntries: string[] },
  { source, isAlone, at, timeZone }: { source: string; isAlone: boolean; at: Date; timeZone: string },
): string {
  const own = file.name.split("/").at(-1) ?? file.name;
  const [entry] = file.feedEntries;
  const ending = /\.\w+$/.exec(file.feedEntries.length === 1 && entry ? entry : own)?.[0].toLowerCase() ?? "";
  const words = isAlone ? source : own.replace(/\.\w+$/, "");
  return `${words.replace(/[^\p{L}\p{N}_-]+/gu, "")}_${dayOf(at, timeZone)}${ending}`;
}

function dayOf(at: Date, timeZone: string) {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" })
    .format(at)
    .replaceAll("-", "");
}
