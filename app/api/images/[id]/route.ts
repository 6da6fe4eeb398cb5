import { getImageEndpoint } from "@/lib/api/product-endpoints";
import { openPicture } from "@/lib/catalog/pictures";
import { route } from "@/lib/route";

/** The address carries the file's hash, so what it names never changes. */
export const GET = route({ grant: "catalog:read", ...getImageEndpoint }, async ({ actor, params, query }) => {
  const picture = await openPicture(actor, params.id, query.width);
  if (!picture) {
    return new Response(null, { status: 302, headers: { Location: "/placeholder.svg", "Cache-Control": "no-store" } });
  }
  const isPinned = picture.hash !== null && picture.hash === query.v;
  return new Response(picture.body, {
    headers: {
      "Content-Type": picture.contentType,
      "Cache-Control": isPinned ? "private, max-age=31536000, immutable" : "private, no-cache",
      // A drawing may hold scripts: opened by itself it gets an origin of its own and runs none.
      "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
