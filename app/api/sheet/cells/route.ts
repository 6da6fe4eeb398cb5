import { route } from "@/lib/route";
import { saveCells } from "@/lib/sheet/save-cells";
import { saveCellsInput } from "@/lib/sheet/sheet-input";

/**
 * What was typed into the sheet, as it was typed. No action: those wait for the page's navigations and for each other,
 * and a tab opened before an update could not call them.
 */
export const POST = route({ grant: "catalog:write", body: saveCellsInput }, ({ actor, body }) =>
  saveCells(actor, body),
);
