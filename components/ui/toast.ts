import type { ExternalToast } from "sonner";

/** Where the frame mounts the toaster once the first toast is shown. */
export const TOASTER_EVENT = "stockroom:toaster";

/** Shows a toast; the library loads with the first one. Long work links to its page, undoable work offers Undo. */
export async function showToast(message: string, options: ExternalToast & { tone?: "error" } = {}) {
  const { tone, ...rest } = options;
  window.dispatchEvent(new Event(TOASTER_EVENT));
  const { toast } = await import("sonner");
  return tone === "error" ? toast.error(message, { duration: 10_000, ...rest }) : toast(message, rest);
}
