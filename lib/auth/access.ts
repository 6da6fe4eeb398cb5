import type { Grant } from "./actor";

/** For anybody, signed in or not. */
export const PUBLIC = "public";
export type Access = Grant | typeof PUBLIC;

// Who may reach what. A page, route handler or server action without its line here fails the tests, and so does a
// line whose page, handler or action is gone.

/** By address, as the folder names it, groups left out. */
export const PAGES: Record<string, Access> = {
  "/catalog/[[...path]]": "catalog:read",
  "/jobs/[id]": "job:read",
  "/jobs": "job:read",
  "/syncs/[number]": "sync:read",
  "/syncs": "sync:read",
  "/syncs/timeline": "sync:read",
  "/syncs/errors": "sync:read",
  "/syncs/compare": "sync:read",
  "/syncs/storage": "sync:read",
  "/feeds": "sync:read",
  "/feeds/precedence": "sync:read",
  "/feeds/[id]": "sync:read",
  "/": "sync:read",
  "/account": "account:own",
  "/products/[id]": "catalog:read",
  "/sign-in": PUBLIC,
};

/** By method and address. */
export const ROUTES: Record<string, Access> = {
  "GET /api/products": "catalog:read",
  "GET /api/products/search": "catalog:read",
  "POST /api/products/search": "catalog:read",
  "GET /api/products/[id]": "catalog:read",
  "PATCH /api/products/[id]": "catalog:write",
  "PUT /api/products/[id]/metafields/[namespace]/[key]": "catalog:write",
  "DELETE /api/products/[id]/metafields/[namespace]/[key]": "catalog:write",
  "GET /api/categories": "catalog:read",
  "GET /api/categories/[id]": "catalog:read",
  "GET /api/categories/[id]/products": "catalog:read",
  "GET /api/sync-logs": "sync:read",
  "GET /api/sync-logs/[id]": "sync:read",
  "GET /api/sync-logs/[id]/changes": "sync:read",
  "GET /api/sync-logs/[id]/undo": "sync:review",
  "POST /api/sync-logs/[id]/undo": "sync:review",
  "GET /api/jobs/[id]": "job:read",
  "GET /api/health": PUBLIC,
  "GET /api/openapi.json": "catalog:read",
  "GET /api/brands": "catalog:read",
  "GET /api/palette": "catalog:read",
  "GET /api/icons/[id]": "catalog:read",
  "GET /api/tree": "catalog:read",
  "GET /api/work": "job:read",
  "GET /api/sync-logs/[id]/rejections": "sync:read",
  "GET /api/sync-logs/export": "sync:read",
  "GET /api/sync-logs/[id]/export": "sync:read",
  "POST /api/feeds/uploads": "feed:run",
  "GET /api/jobs/[id]/events": "job:read",
  "GET /api/auth/[...nextauth]": PUBLIC,
  "GET /api/images/[id]": "catalog:read",
  "POST /api/auth/[...nextauth]": PUBLIC,
  "POST /api/auth/token": PUBLIC,
};

/** By name; no two actions share one. */
export const ACTIONS: Record<string, Access> = {
  startImportAction: "feed:run",
  savePrecedenceAction: "feed:run",
  removeSampleAction: "data:purge",
  rejectRunAction: "sync:review",
  undoRunAction: "sync:review",
  previewFolderAction: "feed:run",
  cancelJobAction: "job:control",
  saveRetentionAction: "settings:manage",
  clearHistoryAction: "settings:manage",
  compactDatabaseAction: "settings:manage",
  pauseJobAction: "job:control",
  resumeJobAction: "job:control",
  retryJobAction: "job:control",
  approveRunAction: "sync:review",
  changePasswordAction: "account:own",
  createTokenAction: "account:own",
  endAllSessionsAction: "account:own",
  endSessionAction: "account:own",
  revokeTokenAction: "account:own",
  listCategoryChoicesAction: "catalog:read",
  listDefinitionsAction: "catalog:read",
  listHistoryAction: "catalog:read",
  releaseFieldAction: "catalog:write",
  releaseMetafieldAction: "catalog:write",
  removeMetafieldAction: "catalog:write",
  saveProductAction: "catalog:write",
  setMetafieldAction: "catalog:write",
  signInAction: PUBLIC,
  signOutAction: PUBLIC,
};
