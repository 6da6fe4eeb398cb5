import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { receiveUpload, UPLOAD_LIMIT_BYTES } from "@/lib/feeds/uploads";
import { route } from "@/lib/route";

const query = z.object({ name: z.string().min(1).max(200), kind: z.enum(["feed", "icons"]).default("feed") });

/** Takes one feed file as the raw body, straight to disk. The worker reads it; this process never does. */
export const POST = route(
  { grant: "feed:run", query, maxBodyBytes: UPLOAD_LIMIT_BYTES },
  async ({ actor, query: { name, kind }, request }) => {
    if (!request.body) throw new AppError("invalid_input", `${name} is empty. Choose the file again.`);
    const length = request.headers.get("content-length");
    // Node's stream type and the web's are the same thing declared twice.
    const stream = Readable.fromWeb(request.body as NodeReadableStream);
    return receiveUpload(actor, { name, kind, stream, expectedBytes: length === null ? null : Number(length) });
  },
);
