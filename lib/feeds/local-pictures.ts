import "server-only";
import { readFile } from "node:fs/promises";
import { basename, extname, isAbsolute, join, relative, resolve } from "node:path";
import { z } from "zod";
import { env } from "@/lib/env";

/** A picture that came beside the feed: where it lies in the data folder. */
export interface LocalPicture {
  storagePath: string;
  format: string;
}

/** Finds the picture of an image URL among those that came beside the feed. */
export type PictureOf = (url: string) => LocalPicture | null;

const NONE: PictureOf = () => null;
/** `{"1012345": "pen-blue.svg"}`: the image id of the feed's URLs, and its file. */
const pictureIndex = z.record(z.string(), z.string());
const folderWithPictures = z.object({ pictures: z.string() });

/** Reads the index of the pictures that a source's connection names; without one no picture is found. */
export async function loadPictures(connection: unknown): Promise<PictureOf> {
  const given = folderWithPictures.safeParse(connection);
  if (!given.success) return NONE;
  const dataFolder = env().dataFolder;
  const folder = resolve(dataFolder, given.data.pictures);
  const place = relative(dataFolder, folder);
  // Screens are served from the data folder alone.
  if (place.startsWith("..") || isAbsolute(place)) return NONE;
  const index = pictureIndex.parse(JSON.parse(await readFile(join(folder, "pictures.json"), "utf8")));
  return (url) => {
    const file = index[basename(url, extname(url))];
    if (!file) return null;
    return { storagePath: join(place, basename(file)), format: extname(file).slice(1) };
  };
}
