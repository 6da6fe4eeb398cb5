import { Readable } from "node:stream";
import { getRejectionsEndpoint } from "@/lib/api/sync-logs";
import { route } from "@/lib/route";
import { exportRejections } from "@/lib/sync/export-rejections";
import { getRunOrThrow } from "@/lib/sync/queries";

/** A run's refused rows, as they stood in their files. The run is named by its number or its id. */
export const GET = route(
  { grant: "sync:read", ...getRejectionsEndpoint },
  async ({ actor, params: { id }, query: { reasons } }) => {
    const run = await getRunOrThrow(actor, id);
    const { body, contentType, filename } = await exportRejections(actor, run.id, { reasons: reasons === "1" });
    // Node's stream type and the web's are the same thing declared twice.
    return new Response(Readable.toWeb(body) as ReadableStream, {
      headers: {
        "Content-Type": contentType,
        "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      },
    });
  },
);
