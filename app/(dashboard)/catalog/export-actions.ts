"use server";

import { action } from "@/lib/action";
import { tableExport } from "@/lib/catalog/table-export/export-job";
import { requestExport } from "@/lib/catalog/table-export/request-export";

export const requestExportAction = action("catalog:read", tableExport, requestExport);
