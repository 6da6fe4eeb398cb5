import { showToast } from "@/components/ui/toast";

/** Downloads the selected products as a CSV that an import reads back; tells what went wrong. */
export async function downloadSelection(selection: object) {
  const response = await fetch("/api/products/export", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ selection }),
  }).catch(() => null);
  if (!response?.ok) {
    const words = response?.status === 401 ? "Sign in again, then export." : "The export did not come. Try it again.";
    await showToast(words, { tone: "error" });
    return;
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = "products.csv";
  link.click();
  // The browser has begun to save it by the next minute.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
