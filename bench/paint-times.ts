import type { Page } from "playwright";

/** Between two keys: thirty a second, as a key that is held repeats. */
export const REPEAT_MS = 33;

/** Has every page that is opened from now on note its paints. */
export async function watchPaints(page: Page) {
  await page.addInitScript(hearAll);
}

/** From each key, click and paste of `act` to the next paint, in milliseconds. */
export async function timesOf(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => Reflect.set(window, "paints", []));
  await act();
  // The last key's paint is still to come.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  return page.evaluate(() => Reflect.get(window, "paints") as number[]); // hearAll fills it
}

/** Runs in the page, where no helper of the compiler's is: functions in it bear no name. */
function hearAll() {
  Reflect.set(window, "paints", []);
  for (const kind of ["keydown", "click", "paste"]) {
    window.addEventListener(
      kind,
      ({ timeStamp }) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => (Reflect.get(window, "paints") as number[]).push(performance.now() - timeStamp); // set above
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  }
}
