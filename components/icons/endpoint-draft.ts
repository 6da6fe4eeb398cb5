import { amountText, readAmount } from "@/lib/icons/amount";
import type { ShownIconSettings } from "@/lib/icons/icon-settings";

export interface SizeDraft {
  /** Tells rows apart while they are typed. */
  id: number;
  pixels: string;
  price: string;
}

/** The form as it is typed. */
export interface EndpointDraft {
  brandColor: string;
  currency: string;
  monthCeiling: string;
  isOn: boolean;
  baseUrl: string;
  model: string;
  /** Empty: as saved. */
  apiKey: string;
  hasNoKey: boolean;
  sizes: SizeDraft[];
  answerFormat: "unsaid" | "b64_json" | "url";
  isTransparent: boolean;
  heedsKeys: boolean;
  concurrency: string;
  timeoutSeconds: string;
}

export function draftOf(settings: ShownIconSettings): EndpointDraft {
  const { endpoint } = settings;
  const sizes = endpoint?.sizes ?? [{ pixels: 1024, priceMicros: null }];
  return {
    brandColor: settings.brandColor,
    currency: settings.currency,
    monthCeiling: amountText(settings.monthCeilingMicros),
    isOn: endpoint !== null,
    baseUrl: endpoint?.baseUrl ?? "",
    model: endpoint?.model ?? "",
    apiKey: "",
    hasNoKey: endpoint !== null && endpoint.apiKeyHint === null,
    sizes: sizes.map(({ pixels, priceMicros }, id) => ({ id, pixels: String(pixels), price: amountText(priceMicros) })),
    answerFormat: endpoint?.answerFormat ?? "unsaid",
    isTransparent: endpoint?.isTransparent ?? false,
    heedsKeys: endpoint?.heedsKeys ?? false,
    concurrency: String(endpoint?.concurrency ?? 3),
    timeoutSeconds: String(endpoint?.timeoutSeconds ?? 120),
  };
}

/** What is sent of it; amounts that can't be read are named instead. */
export function readDraft(draft: EndpointDraft, revision: number) {
  const errors: Record<string, string> = {};
  const micros = (text: string, field: string) => {
    const amount = readAmount(text);
    if (amount === undefined) errors[field] = "Enter an amount like 0.04, or leave it empty.";
    return amount ?? null;
  };
  const endpoint = {
    baseUrl: draft.baseUrl,
    model: draft.model,
    ...(draft.hasNoKey ? { apiKey: "" } : draft.apiKey === "" ? {} : { apiKey: draft.apiKey }),
    sizes: draft.sizes.map(({ pixels, price }, at) => ({
      pixels: Number(pixels),
      priceMicros: micros(price, `endpoint.sizes.${at}.priceMicros`),
    })),
    answerFormat: draft.answerFormat,
    isTransparent: draft.isTransparent,
    heedsKeys: draft.heedsKeys,
    concurrency: Number(draft.concurrency),
    timeoutSeconds: Number(draft.timeoutSeconds),
  };
  const settings = {
    revision,
    brandColor: draft.brandColor,
    currency: draft.currency,
    monthCeilingMicros: micros(draft.monthCeiling, "monthCeilingMicros"),
    endpoint: draft.isOn ? endpoint : null,
  };
  return { settings, endpoint, errors };
}
