import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { receiveUpload, UPLOAD_LIMIT_BYTES } from "@/lib/feeds/uploads";
import { route } from "@/lib/route";

/** Takes one feed file as the raw body, straight to disk. The worker reads it; this process never does. */
export const POST = route(
  { grant: "feed:run", query: z.object({ name: z.string().min(1).max(200) }), maxBodyBytes: UPLOAD_LIMIT_BYTES },
  async ({ actor, query, request }) => {
    if (!request.body) throw new AppError("invalid_input", `${query.name} is empty. Choose the file again.`);
    const length = request.headers.get("content-length");
    // Node's stream type and the web's are the same thing declared twice.
    const stream = Readable.fromWeb(request.body as NodeReadableStream);
    return receiveUpload(actor, { name: query.name, stream, expectedBytes: length === null ? null : Number(length) });
  },
);
