import type { ListedFile, Listing } from "./feed-server";
import { FetchError } from "./fetch-error";

/** No feed lies in more folders, or deeper: whoever begins at a server's root by mistake is told so. */
const MOST_FOLDERS = 500;
const DEEPEST = 20;

/**
 * A server's folder as a fetch sees it: its files, and those of the folders below when they are asked for, each named
 * by its path from there.
 * @param listFolder the files and folders of one folder by their bare names; "" is the one to begin with
 * @throws {FetchError} where there are more folders than a feed can have
 */
export async function walkFolders(
  isDeep: boolean,
  listFolder: (path: string) => Promise<{ files: ListedFile[]; folders: string[] }>,
): Promise<Listing> {
  const top = await listFolder("");
  if (!isDeep) return { files: top.files, folders: top.folders };
  const files = top.files;
  const waiting = top.folders;
  for (let at = 0; at < waiting.length; at++) {
    const path = waiting[at] ?? "";
    if (at >= MOST_FOLDERS || path.split("/").length > DEEPEST) {
      const sentence = `There are more than ${MOST_FOLDERS} folders below this one, or more than ${DEEPEST} inside one another. Enter the folder the feed lies in.`;
      throw new FetchError("folder", sentence);
    }
    const found = await listFolder(path);
    files.push(...found.files.map((file) => ({ ...file, name: `${path}/${file.name}` })));
    waiting.push(...found.folders.map((name) => `${path}/${name}`));
  }
  return { files, folders: [] };
}

/** What a listing calls a folder itself and the one above. */
export function isFolderBelow(name: string) {
  return name !== "." && name !== "..";
}
