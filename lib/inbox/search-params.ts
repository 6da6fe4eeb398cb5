import { z } from "zod";
import { INBOX_KINDS } from "./inbox-row";
import { inboxSubject } from "./inbox-subject";

const inboxSearch = z.object({
  kind: z.enum(INBOX_KINDS).optional().catch(undefined),
  source: z.uuid().optional().catch(undefined),
  /** `me`, `nobody`, or a person's id. */
  assignee: z.string().max(64).optional().catch(undefined),
  q: z.string().trim().max(100).catch(""),
  /** InboxCursor */
  after: z.string().max(500).optional().catch(undefined),
  /** What stands open beside the list. */
  open: inboxSubject.optional().catch(undefined),
});
export type InboxSearch = z.output<typeof inboxSearch>;

export function parseInboxSearch(params: Record<string, unknown>): InboxSearch {
  return inboxSearch.parse(params);
}

/** How far each kind of thing has been listed; absent: from its beginning. */
const inboxCursor = z.object({
  change: z.object({ since: z.number(), id: z.number() }).optional(),
  rejection: z.number().optional(),
  other: z.object({ since: z.number(), subject: z.string() }).optional(),
});
export type InboxCursor = z.output<typeof inboxCursor>;

export function writeCursor(cursor: InboxCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** A cursor that makes no sense is the beginning. */
export function readCursor(text: string | undefined): InboxCursor {
  if (!text) return {};
  try {
    return inboxCursor.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  } catch {
    return {};
  }
}
