import { expect, test } from "vitest";
import { draftOf, readDraft } from "./endpoint-draft";

const SAVED = {
  ...{ revision: 4, brandColor: "#112233", currency: "EUR", monthCeilingMicros: 1_500_000 },
  endpoint: {
    ...{ baseUrl: "https://api.example.com/v1", model: "painter", apiKeyHint: "••••6789" },
    sizes: [
      { pixels: 256, priceMicros: 16_000 },
      { pixels: 1024, priceMicros: null },
    ],
    answerFormat: "url" as const,
    ...{ isTransparent: true, heedsKeys: true, concurrency: 5, timeoutSeconds: 60 },
  },
};

test("what is shown and not touched is sent as it was saved, without a key", () => {
  const { settings, errors } = readDraft(draftOf(SAVED), SAVED.revision);
  const { apiKeyHint: _, ...endpoint } = SAVED.endpoint;
  expect(settings).toEqual({ ...SAVED, endpoint });
  expect(errors).toEqual({});
});

test("an endpoint that is switched off is sent as none, one that asks for no key with an empty one", () => {
  expect(readDraft({ ...draftOf(SAVED), isOn: false }, 4).settings.endpoint).toBeNull();
  expect(readDraft({ ...draftOf(SAVED), hasNoKey: true, apiKey: "x" }, 4).endpoint.apiKey).toBe("");
  expect(readDraft({ ...draftOf(SAVED), apiKey: "typed" }, 4).endpoint.apiKey).toBe("typed");
});

test("amounts with a comma are read, those that are none are named where they stand", () => {
  const typed = (price: string) => {
    const draft = draftOf(SAVED);
    return { ...draft, sizes: draft.sizes.map((size, at) => (at === 0 ? { ...size, price } : size)) };
  };
  expect(readDraft(typed("0,04"), 4).endpoint.sizes[0]?.priceMicros).toBe(40_000);
  expect(readDraft(typed("cheap"), 4).errors).toEqual({ "endpoint.sizes.0.priceMicros": expect.any(String) });
  expect(readDraft({ ...draftOf(SAVED), monthCeiling: "-1" }, 4).errors).toHaveProperty("monthCeilingMicros");
});
