import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, type Reader, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { openSecret, type SealedSecret, sealedSecret, sealSecret } from "@/lib/secrets";
import { spentThisMonth } from "./costs";
import { HEX_COLOR } from "./look-words";

const KEY = "icons.settings";

const micros = z.number().int().min(0).max(1_000_000_000_000);

const endpoint = z.object({
  /** With the version's path, as `https://api.example.com/v1`. */
  baseUrl: z.string(),
  model: z.string(),
  apiKey: sealedSecret.nullable(),
  /** What it makes, the smallest first. */
  sizes: z.array(z.object({ pixels: z.number().int(), priceMicros: micros.nullable() })),
  answerFormat: z.enum(["unsaid", "b64_json", "url"]),
  /** Whether it can leave the ground of a picture out. */
  isTransparent: z.boolean(),
  /** Whether a call with a key that it has seen gives the same picture and costs nothing. */
  heedsKeys: z.boolean().default(false),
  concurrency: z.number().int(),
  timeoutSeconds: z.number().int(),
});
export type Endpoint = z.output<typeof endpoint>;

const stored = z.object({
  /** Raised with each change: who saved on top of another's values is told. */
  revision: z.number().int().default(0),
  brandColor: z.string().regex(HEX_COLOR).default("#2f6fed"),
  /** What prices are in: the endpoint's currency, as its code. */
  currency: z.string().default("USD"),
  monthCeilingMicros: micros.nullable().default(null),
  endpoint: endpoint.nullable().default(null),
});
export type IconSettings = z.output<typeof stored>;

/** What a form of the settings shows: the key's place is taken by its last four characters. */
export type ShownIconSettings = Omit<IconSettings, "endpoint"> & {
  endpoint: (Omit<Endpoint, "apiKey"> & { apiKeyHint: string | null }) | null;
};

const pixels = z
  .number("Enter a size in pixels.")
  .int("Enter whole pixels.")
  .min(64, "At least 64 pixels.")
  .max(4096, "At most 4,096 pixels.");

export const endpointInput = z.object({
  baseUrl: z
    .string()
    .trim()
    .max(500)
    .refine(isBaseUrl, "Enter an address like https://api.example.com/v1, without a password in it.")
    .transform((address) => address.replace(/\/+$/, "")),
  model: z.string().trim().min(1, "Enter the model's name.").max(100),
  /** What was typed; left out, the saved one stays. */
  apiKey: z.string().trim().max(2_000).optional(),
  sizes: z
    .array(z.object({ pixels, priceMicros: micros.nullable() }))
    .min(1, "Enter at least one size that it makes.")
    .max(8, "At most 8 sizes.")
    .refine((sizes) => new Set(sizes.map((size) => size.pixels)).size === sizes.length, "A size stands there twice.")
    .transform((sizes) => sizes.toSorted((a, b) => a.pixels - b.pixels)),
  answerFormat: z.enum(["unsaid", "b64_json", "url"]),
  isTransparent: z.boolean(),
  heedsKeys: z.boolean().default(false),
  concurrency: z.number().int().min(1, "At least 1.").max(10, "At most 10 at once."),
  timeoutSeconds: z.number().int().min(5, "At least 5 seconds.").max(900, "At most 900 seconds."),
});
export type EndpointInput = z.output<typeof endpointInput>;

export const iconSettingsInput = z.object({
  /** What the person saw. */
  revision: z.number().int(),
  brandColor: z.string().trim().toLowerCase().regex(HEX_COLOR, "Write a colour like #1e66f5."),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, "Enter a currency's code, like USD."),
  monthCeilingMicros: micros.nullable(),
  /** Null takes the endpoint away, its key with it. */
  endpoint: endpointInput.nullable(),
});

/** The settings as a form shows them, with what this month cost so far. */
export async function getIconSettings(actor: Actor): Promise<{ settings: ShownIconSettings; spentMicros: number }> {
  assertCan(actor, "settings:manage");
  const [settings, spentMicros] = await Promise.all([readIconSettings(db), spentThisMonth()]);
  return { settings: shown(settings), spentMicros };
}

/** @throws {AppError} `conflict` when somebody saved meanwhile; `invalid_input` when the key must be entered */
export async function saveIconSettings(actor: Actor, input: z.output<typeof iconSettingsInput>) {
  assertCan(actor, "settings:manage");
  return transaction(async (tx) => {
    await lockName(tx, "icon settings");
    const before = await readIconSettings(tx);
    if (before.revision !== input.revision) {
      throw new AppError("conflict", "Somebody else changed these settings meanwhile. Reload to see them first.");
    }
    const { endpoint: typed, ...rest } = input;
    const after: IconSettings = {
      ...rest,
      revision: before.revision + 1,
      endpoint: typed && sealEndpoint(typed, before.endpoint),
    };
    const value = JSON.stringify(after);
    const description = "The image endpoint that icons are made by, what it costs, and the brand's colour.";
    await tx.configuration.upsert({
      where: { key: KEY },
      create: { key: KEY, value, dataType: "json", description, category: "icons", isEncrypted: true },
      update: { value },
    });
    const target = { entity: "Configuration", entityId: KEY };
    await recordAudit(tx, actor, "icon.settings", target, { before: told(before), after: told(after) });
    return shown(after);
  });
}

export async function readIconSettings(on: Reader): Promise<IconSettings> {
  const row = await on.configuration.findUnique({ where: { key: KEY }, select: { value: true } });
  return stored.parse(row ? JSON.parse(row.value) : {});
}

/**
 * The endpoint with its key sealed: what was typed, or the saved key, which stays with the server it was entered for.
 * @throws {AppError} `invalid_input` when the key must be entered again
 */
export function sealEndpoint({ apiKey, ...facts }: EndpointInput, saved: Endpoint | null): Endpoint {
  return { ...facts, apiKey: sealedKey(apiKey, facts.baseUrl, saved) };
}

function sealedKey(typed: string | undefined, baseUrl: string, saved: Endpoint | null): SealedSecret | null {
  if (typed !== undefined) return typed === "" ? null : sealSecret(typed);
  if (!saved?.apiKey) return null;
  if (new URL(saved.baseUrl).origin === new URL(baseUrl).origin) return saved.apiKey;
  const sentence = "Enter the API key: the saved one belongs to the former server alone.";
  throw new AppError("invalid_input", sentence, { fields: { "endpoint.apiKey": sentence } });
}

/** The key in the clear, for the client that asks and nobody else; null for a server that wants none. */
export function openApiKey({ apiKey }: Endpoint): string | null {
  return apiKey ? openSecret(apiKey) : null;
}

function shown({ endpoint: kept, ...rest }: IconSettings): ShownIconSettings {
  if (!kept) return { ...rest, endpoint: null };
  const { apiKey, ...facts } = kept;
  return { ...rest, endpoint: { ...facts, apiKeyHint: apiKey ? `••••${apiKey.lastFour}` : null } };
}

/** For the audit trail, which keeps no secret, not even a sealed one. */
function told(settings: IconSettings) {
  const { revision: _, ...rest } = shown(settings);
  return rest;
}

function isBaseUrl(address: string) {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, search, hash } = new URL(address);
  return /^https?:$/.test(protocol) && username + password + search + hash === "";
}
