import { route } from "@/lib/route";
import { sheetRunInput } from "@/lib/sheet/sheet-input";
import { startSheetRun } from "@/lib/sheet/start-sheet-run";

/** Ten thousand rows pasted into a few columns. */
const LARGEST_PASTE = 16 * 1024 * 1024;

/** A large paste, of more than an action takes. */
export const POST = route(
  { grant: "catalog:write", body: sheetRunInput, maxBodyBytes: LARGEST_PASTE },
  ({ actor, body }) => startSheetRun(actor, body),
);
