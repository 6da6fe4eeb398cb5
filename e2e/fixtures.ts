import { type Browser, test as base, expect, type Page } from "@playwright/test";

export type Role = "staff" | "manager" | "admin";

/** The sample's people, with the password that playwright.config.ts starts the application with. */
export const PASSWORD = "stockroom-demo";

type State = Awaited<ReturnType<Awaited<ReturnType<Browser["newContext"]>>["storageState"]>>;

interface TestFixtures {
  /** A page of somebody signed in, in a browser context of its own. */
  as: (role: Role) => Promise<Page>;
  /** Console errors a spec provokes on purpose, such as a refused request. */
  allowedErrors: RegExp[];
  /** What the browser's console said of pages that were watched. */
  watch: (page: Page) => void;
}

interface WorkerFixtures {
  /** One sign-in per role and worker, without the form. */
  sessions: Map<Role, State>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  allowedErrors: [[], { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from the pattern
  sessions: [async ({}, use) => use(new Map()), { scope: "worker" }],
  watch: [
    async ({ allowedErrors }, use) => {
      const errors: string[] = [];
      await use((page) => {
        page.on("pageerror", (error) => errors.push(String(error)));
        page.on("console", (message) => {
          if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
        });
      });
      expect(errors.filter((error) => !allowedErrors.some((allowed) => allowed.test(error)))).toEqual([]);
    },
    { auto: true },
  ],
  page: async ({ page, watch }, use) => {
    watch(page);
    await use(page);
  },
  as: async ({ browser, baseURL, sessions, watch }, use) => {
    const contexts: Awaited<ReturnType<Browser["newContext"]>>[] = [];
    await use(async (role) => {
      const state = sessions.get(role) ?? (await signIn(browser, baseURL, role));
      sessions.set(role, state);
      const context = await browser.newContext({ storageState: state, baseURL });
      contexts.push(context);
      const page = await context.newPage();
      watch(page);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };

async function signIn(browser: Browser, baseURL: string | undefined, role: Role): Promise<State> {
  const context = await browser.newContext({ baseURL });
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const form = { csrfToken, login: role, password: PASSWORD, json: "true" };
  const answer = await context.request.post("/api/auth/callback/credentials", { form });
  expect(answer.status(), `${role} signs in`).toBe(200);
  const state = await context.storageState();
  await context.close();
  return state;
}
