import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { postImageEndpoint } from "@/lib/api/product-endpoints";
import { AppError } from "@/lib/errors";
import { addPicture } from "@/lib/images/add-picture";
import { PICTURE_LIMIT_BYTES } from "@/lib/images/image-store";
import { route } from "@/lib/route";

/** Takes one picture as the raw body, straight to disk. */
export const POST = route(
  { grant: "catalog:write", ...postImageEndpoint, maxBodyBytes: PICTURE_LIMIT_BYTES },
  async ({ actor, params, query, request }) => {
    if (!request.body) throw new AppError("invalid_input", `${query.name} is empty. Choose the file again.`);
    // Node's stream type and the web's are the same thing declared twice.
    const source = Readable.fromWeb(request.body as NodeReadableStream);
    const { imageId, isRestored } = await addPicture(actor, { productId: params.id, name: query.name, source });
    return { image_id: imageId, restored: isRestored };
  },
);
