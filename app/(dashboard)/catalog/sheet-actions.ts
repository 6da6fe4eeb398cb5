"use server";

import { action } from "@/lib/action";
import { saveCells } from "@/lib/sheet/save-cells";
import { saveCellsInput } from "@/lib/sheet/sheet-input";

// The sheet shows what came of it by itself: the page is not asked for anew at every cell.
export const saveCellsAction = action("catalog:write", saveCellsInput, saveCells);
