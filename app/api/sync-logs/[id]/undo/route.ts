import { askUndo, postUndoEndpoint, previewUndoEndpoint, undoPreview } from "@/lib/api/undo";
import { route } from "@/lib/route";

export const GET = route({ grant: "sync:review", ...previewUndoEndpoint }, ({ actor, params: { id }, request }) =>
  undoPreview(actor, id, request.signal),
);

export const POST = route({ grant: "sync:review", ...postUndoEndpoint }, ({ actor, params: { id }, body }) =>
  askUndo(actor, id, body),
);
