import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { openSecret, sealSecret } from "./secrets";

test("a sealed secret opens again, tells its last four, and is another text each time", () => {
  const sealed = sealSecret("a long password 1234");
  expect(openSecret(sealed)).toBe("a long password 1234");
  expect(sealed.lastFour).toBe("1234");
  expect(JSON.stringify(sealed)).not.toContain("password");
  expect(sealSecret("a long password 1234").data).not.toBe(sealed.data);
});

test("of a short secret nothing is shown, of a private key the end of the key itself", () => {
  expect(sealSecret("hunter2").lastFour).toBe("");
  const key =
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUWXYZ\n-----END OPENSSH PRIVATE KEY-----\n";
  expect(sealSecret(key).lastFour).toBe("WXYZ");
});

test("a changed seal is refused with what to do", () => {
  const sealed = sealSecret("a long password 1234");
  const data = Buffer.from(sealed.data, "base64");
  data[0] = (data[0] ?? 0) ^ 1;
  expect(() => openSecret({ ...sealed, data: data.toString("base64") })).toThrow("enter the password again");
});

test("the key lies in the data folder for its owner alone, not in the database", () => {
  sealSecret("anything");
  const path = join(env().dataFolder, "secret-key");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8").length).toBeGreaterThanOrEqual(32);
});
