import { approveBulkEditEndpoint, postBulkEditEndpoint } from "./bulk-edits";
import { getCategoryEndpoint, listCategoriesEndpoint, listCategoryProductsEndpoint } from "./categories";
import { patchCategoryEndpoint, postCategoryEndpoint } from "./category-changes";
import { listChangesEndpoint } from "./changes";
import type { Endpoint } from "./endpoint";
import { getIconBatchEndpoint, postIconBatchEndpoint } from "./icon-batches";
import {
  getIconEndpoint,
  getIconFileEndpoint,
  listIconsEndpoint,
  postIconEndpoint,
  putCategoryIconEndpoint,
} from "./icons";
import {
  cancelJobEndpoint,
  listJobsEndpoint,
  pauseJobEndpoint,
  postJobEndpoint,
  resumeJobEndpoint,
  retryJobEndpoint,
} from "./job-requests";
import { listJobTypesEndpoint } from "./job-types";
import { getJobEndpoint, getJobEventsEndpoint, getJobLinesEndpoint, getJobLogEndpoint } from "./jobs";
import {
  deleteDefinitionEndpoint,
  getDefinitionEndpoint,
  listDefinitionsEndpoint,
  patchDefinitionEndpoint,
  postDefinitionEndpoint,
} from "./metafield-definitions";
import { listNotificationsEndpoint } from "./notifications";
import {
  deleteMetafieldEndpoint,
  getImageEndpoint,
  getProductEndpoint,
  listProductsEndpoint,
  patchProductEndpoint,
  postImageEndpoint,
  postProductEndpoint,
  postSearchEndpoint,
  putMetafieldEndpoint,
  searchProductsEndpoint,
} from "./product-endpoints";
import {
  approveProposalEndpoint,
  listProposalsEndpoint,
  postProposalEndpoint,
  rejectProposalEndpoint,
  withdrawProposalEndpoint,
} from "./proposals";
import {
  deleteScheduleEndpoint,
  listSchedulesEndpoint,
  patchScheduleEndpoint,
  postScheduleEndpoint,
  runScheduleEndpoint,
} from "./schedules";
import { listSyncChangesEndpoint } from "./sync-changes";
import { exportChangesEndpoint, exportGrowthEndpoint, exportPricesEndpoint, exportRunsEndpoint } from "./sync-exports";
import { getRejectionsEndpoint, getSyncLogEndpoint, listSyncLogsEndpoint } from "./sync-logs";
import { getDocumentEndpoint, getHealthEndpoint, postTokenEndpoint } from "./system";
import { postUndoEndpoint, previewUndoEndpoint } from "./undo";

/** Everything that scripts can call, in the order of the document. */
export const ENDPOINTS: readonly Endpoint[] = [
  postTokenEndpoint,
  listProductsEndpoint,
  postProductEndpoint,
  searchProductsEndpoint,
  postSearchEndpoint,
  getProductEndpoint,
  patchProductEndpoint,
  putMetafieldEndpoint,
  deleteMetafieldEndpoint,
  listProposalsEndpoint,
  postProposalEndpoint,
  approveProposalEndpoint,
  rejectProposalEndpoint,
  withdrawProposalEndpoint,
  postImageEndpoint,
  getImageEndpoint,
  exportPricesEndpoint,
  exportGrowthEndpoint,
  postBulkEditEndpoint,
  approveBulkEditEndpoint,
  listDefinitionsEndpoint,
  postDefinitionEndpoint,
  getDefinitionEndpoint,
  patchDefinitionEndpoint,
  deleteDefinitionEndpoint,
  listChangesEndpoint,
  listCategoriesEndpoint,
  postCategoryEndpoint,
  getCategoryEndpoint,
  patchCategoryEndpoint,
  listCategoryProductsEndpoint,
  putCategoryIconEndpoint,
  postIconBatchEndpoint,
  getIconBatchEndpoint,
  listIconsEndpoint,
  postIconEndpoint,
  getIconEndpoint,
  getIconFileEndpoint,
  listSyncLogsEndpoint,
  getSyncLogEndpoint,
  listSyncChangesEndpoint,
  getRejectionsEndpoint,
  previewUndoEndpoint,
  postUndoEndpoint,
  exportRunsEndpoint,
  exportChangesEndpoint,
  listJobTypesEndpoint,
  listJobsEndpoint,
  postJobEndpoint,
  cancelJobEndpoint,
  pauseJobEndpoint,
  resumeJobEndpoint,
  retryJobEndpoint,
  getJobEndpoint,
  getJobEventsEndpoint,
  getJobLinesEndpoint,
  getJobLogEndpoint,
  listSchedulesEndpoint,
  postScheduleEndpoint,
  patchScheduleEndpoint,
  deleteScheduleEndpoint,
  runScheduleEndpoint,
  listNotificationsEndpoint,
  getHealthEndpoint,
  getDocumentEndpoint,
];

/** As the table of rules and the folders of `app` write it: `GET /api/products/[id]`. */
export function routeName({ method, path }: Pick<Endpoint, "method" | "path">): string {
  return `${method.toUpperCase()} ${path.replaceAll("{", "[").replaceAll("}", "]")}`;
}
