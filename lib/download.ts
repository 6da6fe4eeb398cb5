import { Readable } from "node:stream";

/** A file that the browser saves, written while it is read; nobody stores it on the way. */
export function download({ filename, contentType, body }: { filename: string; contentType: string; body: Readable }) {
  // Node's stream type and the web's are the same thing declared twice.
  return new Response(Readable.toWeb(body) as ReadableStream, {
    headers: {
      "Content-Type": contentType,
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
