import { route } from "@/lib/route";
import { listSheetRows, sheetRowsInput } from "@/lib/sheet/list-sheet-rows";

/** A window of the list as the sheet shows it, or some of its products as they are now. */
export const POST = route({ grant: "catalog:read", body: sheetRowsInput }, ({ actor, body }) =>
  listSheetRows(actor, body),
);
