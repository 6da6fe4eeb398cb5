import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor } from "@/lib/testing/factories";
import { startImageEndpoint } from "@/lib/testing/image-endpoint";
import { saveEndpoint } from "@/lib/testing/make-icons";
import { resetDatabase } from "@/lib/testing/reset";
import { endpointInput, getIconSettings, iconSettingsInput, saveIconSettings } from "./icon-settings";
import { testEndpoint } from "./test-endpoint";

const admin = actor("admin");
const KEY = "test-key-0123456789";
let server: Awaited<ReturnType<typeof startImageEndpoint>>;

beforeEach(async () => {
  await resetDatabase();
  server = await startImageEndpoint();
});
afterEach(() => server.stop());

const input = (changes: Record<string, unknown> = {}) =>
  endpointInput.parse({
    baseUrl: server.baseUrl,
    model: "test-image-1",
    sizes: [{ pixels: 256, priceMicros: null }],
    ...{ answerFormat: "unsaid", isTransparent: false, concurrency: 3, timeoutSeconds: 30 },
    ...changes,
  });

test("the key is kept sealed: no screen, no audit entry and no row shows more than its end", async () => {
  const shown = await saveEndpoint(server.baseUrl);
  expect(shown.endpoint?.apiKeyHint).toBe("••••6789");
  const told = [
    await getIconSettings(admin),
    await db.configuration.findMany(),
    await db.auditEntry.findMany({ where: { action: "icon.settings" } }),
  ];
  expect(JSON.stringify(told)).not.toContain(KEY);
  expect(JSON.stringify(told)).not.toContain(Buffer.from(KEY).toString("base64"));
  expect(JSON.stringify(await db.auditEntry.findMany())).not.toContain('"data"');
});

test("the saved key stays with its server: for another one it must be entered again", async () => {
  const { revision, ...rest } = await saveEndpoint(server.baseUrl);
  const to = (endpoint: ReturnType<typeof input> | null, at = revision) =>
    saveIconSettings(admin, { ...rest, revision: at, endpoint });
  await expect(to(input({ baseUrl: "https://elsewhere.example/v1" }))).rejects.toMatchObject({
    code: "invalid_input",
    fields: { "endpoint.apiKey": expect.stringContaining("former server alone") },
  });
  await expect(testEndpoint(admin, input({ baseUrl: "https://elsewhere.example/v1" }))).rejects.toMatchObject({
    code: "invalid_input",
  });
  const kept = await to(input({ model: "other" }));
  expect(kept.endpoint).toMatchObject({ model: "other", apiKeyHint: "••••6789" });
  const gone = await to(null, kept.revision);
  expect(gone.endpoint).toBeNull();
  expect((await to(input(), gone.revision)).endpoint?.apiKeyHint).toBeNull();
});

test("only admins see and change them; of two admins at once the second is told", async () => {
  for (const role of ["staff", "manager"] as const) {
    await expect(getIconSettings(actor(role))).rejects.toMatchObject({ code: "forbidden" });
    await expect(testEndpoint(actor(role), input())).rejects.toMatchObject({ code: "forbidden" });
  }
  const settings = { revision: 0, brandColor: "#112233", currency: "EUR", monthCeilingMicros: null, endpoint: null };
  await expect(saveIconSettings(actor("manager"), settings)).rejects.toMatchObject({ code: "forbidden" });
  const both = await Promise.allSettled([saveIconSettings(admin, settings), saveIconSettings(admin, settings)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
});

test("a test of the endpoint costs nothing and tells what is right and what is wrong", async () => {
  await expect(testEndpoint(admin, input({ apiKey: KEY }))).resolves.toEqual({
    said: expect.stringContaining("has test-image-1. Nothing was charged."),
  });
  const other = await testEndpoint(admin, input({ apiKey: KEY, model: "painter-9" }));
  expect(other.said).toContain("painter-9 is not among its 1 model. It has: test-image-1.");
  await expect(testEndpoint(admin, input({ apiKey: "wrong" }))).rejects.toThrow("refuses the API key");
  await expect(
    testEndpoint(admin, input({ apiKey: KEY, baseUrl: server.baseUrl.replace("/v1", "/v9") })),
  ).rejects.toThrow("knows no such model or address");
  await expect(testEndpoint(admin, input({ baseUrl: "http://127.0.0.1:9/v1" }))).rejects.toThrow("127.0.0.1:9");
  expect(server.endpoint.charges).toEqual([]);
});

test.each([
  ["ftp://example.com", "baseUrl"],
  ["https://user:pass@example.com/v1", "baseUrl"],
  ["not an address", "baseUrl"],
])("%s is no endpoint's address", (baseUrl, field) => {
  const parsed = endpointInput.safeParse({ ...input(), baseUrl });
  expect(parsed.error?.issues[0]?.path).toEqual([field]);
});

test("settings that can't be are refused by field", () => {
  const parsed = iconSettingsInput.safeParse({
    revision: 0,
    ...{ brandColor: "blue", currency: "Dollar", monthCeilingMicros: -1 },
    endpoint: { ...input(), sizes: [] },
  });
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual([
    ...["brandColor", "currency", "monthCeilingMicros", "endpoint.sizes"],
  ]);
});
