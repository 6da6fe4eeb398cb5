import { showToast } from "./toast";

/**
 * Puts a text on the clipboard and says whether it came there; else a toast says what to do. A page that is not served
 * by https, on an address inside the house, has no clipboard of its own: there the browser's old command does it.
 */
export async function copyText(text: string): Promise<boolean> {
  if ((await written(text)) || copiedByCommand(text)) return true;
  await showToast("This browser does not let the page copy. Select the text and copy it by hand.", { tone: "error" });
  return false;
}

async function written(text: string) {
  try {
    // Absent without https, whatever its type says.
    if (!("clipboard" in navigator)) return false;
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Refused by the browser: the command may still be allowed.
    return false;
  }
}

function copiedByCommand(text: string) {
  let isCopied = false;
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    isCopied = event.clipboardData !== null;
  };
  document.addEventListener("copy", give, { capture: true });
  document.execCommand("copy");
  document.removeEventListener("copy", give, { capture: true });
  return isCopied;
}
