import { formatBytes } from "@/lib/format";
import { UPLOAD_LIMIT_BYTES } from "@/lib/icons/upload-limit";

export interface AlikeIcon {
  id: string;
  filename: string;
  distance: number;
}

export type SentIcon =
  | { kind: "kept"; iconId: string }
  | { kind: "alike"; alike: AlikeIcon[] }
  /** `sameId`: the library has this very picture already. */
  | { kind: "refused"; why: string; sameId: string | null };

/** Sends a person's own icon to the library. Never throws: what went wrong is a sentence. */
export async function sendIcon(
  file: File,
  to: { categoryId: string | null; isActivated: boolean; isWantedAnyway: boolean },
): Promise<SentIcon> {
  if (file.size > UPLOAD_LIMIT_BYTES) {
    const why = `It has ${formatBytes(file.size)}; at most ${formatBytes(UPLOAD_LIMIT_BYTES)} are taken. Save it smaller.`;
    return { kind: "refused", why, sameId: null };
  }
  const query = new URLSearchParams({
    name: file.name.slice(-200),
    activate: String(to.isActivated),
    anyway: String(to.isWantedAnyway),
  });
  if (to.categoryId) query.set("category_id", to.categoryId);
  const response = await fetch(`/api/icons?${query}`, { method: "POST", body: file }).catch(() => null);
  if (!response) return { kind: "refused", why: "The server can't be reached. Try again.", sameId: null };
  const answer: unknown = await response.json().catch(() => null);
  // Fetched when it is needed: the pages with an upload button don't carry a parser.
  const { kept, refused } = await import("./sent-icon");
  if (response.ok) {
    const { icon_id: iconId, alike } = kept.parse(answer);
    return iconId === null ? { kind: "alike", alike } : { kind: "kept", iconId };
  }
  const { data } = refused.safeParse(answer);
  const why = data?.error.message ?? `The server answered ${response.status}. Try again.`;
  return { kind: "refused", why, sameId: data?.error.details?.iconId ?? null };
}
