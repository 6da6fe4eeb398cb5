import { previewIcon, previewIconInput } from "@/lib/icons/preview-icon";
import { route } from "@/lib/route";

/** What the built-in generator would draw, as one chooses its look. */
export const GET = route({ grant: "catalog:read", query: previewIconInput }, async ({ actor, query }) => {
  const png = await previewIcon(actor, query);
  return new Response(new Uint8Array(png), {
    headers: {
      "Content-Type": "image/png",
      // A category's name may change; until then the same choice is drawn the same.
      "Cache-Control": "private, max-age=300",
      "X-Content-Type-Options": "nosniff",
    },
  });
});
