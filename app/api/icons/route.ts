import { listIconsJson } from "@/lib/api/icon-answers";
import { listIconsEndpoint, postIconEndpoint } from "@/lib/api/icons";
import { AppError } from "@/lib/errors";
import { readUpload } from "@/lib/icons/read-upload";
import { uploadIcon } from "@/lib/icons/upload-icon";
import { UPLOAD_LIMIT_BYTES } from "@/lib/icons/upload-limit";
import { route } from "@/lib/route";

export const GET = route({ grant: "catalog:read", ...listIconsEndpoint }, ({ actor, query }) =>
  listIconsJson(actor, query),
);

/** Takes one icon as the raw body. */
export const POST = route(
  { grant: "catalog:write", ...postIconEndpoint, maxBodyBytes: UPLOAD_LIMIT_BYTES },
  async ({ actor, query, request }) => {
    if (!request.body) throw new AppError("invalid_input", `${query.name} is empty. Choose the file again.`);
    const { name, category_id: categoryId = null, activate, anyway } = query;
    const uploaded = await uploadIcon(actor, {
      ...{ name, categoryId, isActivated: activate === "true", isWantedAnyway: anyway === "true" },
      bytes: await readUpload(request.body),
    });
    return uploaded.kind === "kept"
      ? { icon_id: uploaded.iconId, alike: [] }
      : { icon_id: null, alike: uploaded.alikes };
  },
);
