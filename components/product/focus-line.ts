/** Once the page is drawn anew, brings a line into view and under the keyboard: a choice first, else its control. */
export function focusLine(key: string | undefined) {
  if (!key) return;
  requestAnimationFrame(() => {
    const line = document.querySelector(`[data-line="${CSS.escape(key)}"]`);
    line?.scrollIntoView({ block: "center" });
    const target =
      line?.querySelector<HTMLElement>("[data-choice]") ?? line?.querySelector<HTMLElement>("input, textarea, select");
    target?.focus();
  });
}
