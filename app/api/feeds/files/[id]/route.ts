import { Readable } from "node:stream";
import { z } from "zod";
import { openFeedFile } from "@/lib/feeds/open-feed-file";
import { route } from "@/lib/route";

/** A received file, byte for byte. */
export const GET = route(
  { grant: "feed:run", params: z.object({ id: z.uuid() }) },
  async ({ actor, params: { id } }) => {
    const file = await openFeedFile(actor, id);
    // Node's stream type and the web's are the same thing declared twice.
    return new Response(Readable.toWeb(file.stream) as ReadableStream, {
      headers: {
        "Content-Type": "application/octet-stream",
        "Content-Length": String(file.bytes),
        "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        "X-Content-Type-Options": "nosniff",
      },
    });
  },
);
