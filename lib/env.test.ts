import { resolve } from "node:path";
import { expect, test } from "vitest";
import { describeSettings, parseEnv, SettingsError } from "./env";

test("a wrong setting is named with what is wrong about it", () => {
  expect(() => parseEnv({ PORT: "eighty" })).toThrow(SettingsError);
  expect(() => parseEnv({ PORT: "eighty" })).toThrow(/^Wrong setting\. PORT: .*start again\.$/);
});

test("an empty setting counts as unset", () => {
  expect(parseEnv({ PORT: "", DATABASE_URL: "" }).PORT).toBe(3000);
});

test.each([
  [{}, `file:${resolve("data/stockroom.db")}`],
  [{ STOCKROOM_DATA: "/srv/stock" }, "file:/srv/stock/stockroom.db"],
  [{ DATABASE_URL: "postgresql://a@b/c" }, "postgresql://a@b/c"],
  [{ DB_HOST: "db", DB_USER: "me", DB_PASSWORD: "p@ss" }, "postgresql://me:p%40ss@db:5432/stockroom"],
])("%j is the database %s", (variables, url) => {
  expect(parseEnv(variables).databaseUrl).toBe(url);
});

// After a change of a setting: npx vitest run --project unit lib/env.test.ts --update
test(".env.example tells every setting with its meaning and default", async () => {
  const settings = describeSettings().filter(({ name }) => name !== "NODE_ENV");
  const text = settings
    .map(({ name, description, default: value }) => `# ${description}\n#${name}=${value}\n`)
    .join("\n");
  await expect(text).toMatchFileSnapshot("../.env.example");
});
