import { z } from "zod";
import { openIcon } from "@/lib/categories/open-icon";
import { route } from "@/lib/route";

const params = z.object({ id: z.string().max(64) });

/** An icon's file never changes under its id. */
export const GET = route({ grant: "catalog:read", params }, async ({ actor, params: { id } }) => {
  const icon = await openIcon(actor, id);
  return new Response(icon.body, {
    headers: {
      "Content-Type": icon.contentType,
      "Cache-Control": "private, max-age=31536000, immutable",
      // A drawing may hold scripts: opened by itself it gets an origin of its own and runs none.
      "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
