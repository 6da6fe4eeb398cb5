import { getIconFileEndpoint } from "@/lib/api/icons";
import { openIcon } from "@/lib/icons/open-icon";
import { route } from "@/lib/route";

/** An icon's file never changes under its id. */
export const GET = route({ grant: "catalog:read", ...getIconFileEndpoint }, async ({ actor, params, query }) => {
  const icon = await openIcon(actor, params.id, query.size);
  return new Response(icon.body, {
    headers: {
      "Content-Type": icon.contentType,
      "Content-Disposition": `inline; filename*=UTF-8''${encodeURIComponent(icon.filename)}`,
      "Cache-Control": "private, max-age=31536000, immutable",
      // A drawing may hold scripts: opened by itself it gets an origin of its own and runs none.
      "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
