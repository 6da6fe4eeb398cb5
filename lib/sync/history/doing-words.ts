import { z } from "zod";
import { FEED_KINDS } from "@/lib/feeds/kind-words";
import type { FeedKind } from "@/prisma/generated/sqlite/enums";
import { fieldLabel, fieldValue } from "../field-words";

const WORDS: Record<string, string> = {
  "feed.connection": "changed where the files come from:",
  "feed.create": "added the source",
  "feed.fetch": "asked for the files of",
  "feed.file": "put a file in for",
  "feed.pin-host-key": "trusted the server's key of",
  "feed.policies": "changed the limits of",
  "feed.precedence": "changed which source rules which field",
  "feed.rename": "renamed the source",
  "feed.schedule": "changed the schedule of",
  "feed.set-schedule": "changed the schedule of",
  "feed.switch-off": "switched off the source",
  "feed.switch-on": "switched on the source",
  "feed.update": "changed the source",
  "mapping.create": "made the mapping of",
  "mapping.save": "changed the mapping of",
  "rule.create": "added the approval rule",
  "rule.update": "changed the approval rule",
  "rule.delete": "removed the approval rule",
  "job.cancel": "cancelled",
  "job.pause": "paused",
  "job.resume": "resumed",
  "job.retry": "let run again:",
  "job.prioritise": "changed the place in the queue of",
  "schedule.create": "added the schedule",
  "schedule.change": "changed the schedule",
  "schedule.delete": "removed the schedule",
  "schedule.pause": "paused the schedule",
  "schedule.resume": "resumed the schedule",
  "schedule.run": "started at once the schedule",
  "channel.create": "added the channel of notifications",
  "channel.change": "changed the channel of notifications",
  "channel.renew-secret": "gave a new secret to the channel of notifications",
  "channel.own": "changed which notifications they get by e-mail",
  "channel.delete": "removed the channel of notifications",
  "mail.change": "changed the mail server",
  "delivery.retry": "had a notification sent again by",
  "sync.answer": "answered a held row of",
  "sync.approve": "approved",
  "sync.approve-rows": "approved rows of",
  "sync.mend": "sent mended rows of",
  "sync.put-back-rows": "put rows back to review in",
  "sync.reject": "rejected",
  "sync.reject-rows": "rejected rows of",
  "sync.retry": "let the refused rows run again of",
  "sync.revert": "asked to undo",
  "sync.clear": "cleared the rows of",
  "sync.forget": "dropped old runs from the history",
  "retention.change": "changed how long history stays",
  "retention.run": "asked for a clearing of old history",
  "database.compact": "had the database file written anew",
  "sync.request": "asked for",
  "sync.withdraw": "withdrew",
  "sync.apply": "applied rows of",
  "sync.undo": "took back rows in",
  "product.create": "made the product",
  "product.update": "changed the product",
  "product.release": "gave values back to the feed on",
  "image.add": "added pictures to",
  "image.arrange": "ordered the pictures of",
  "image.describe": "described a picture of",
  "image.remove": "took a picture from",
  "image.restore": "put a picture back on",
  "image.duplicate": "set aside a picture that is there twice on",
  "image.compare": "had pictures compared that look alike",
  "image.fetch": "fetched pictures of",
  "missing.archive": "archived, for its feed has it no more,",
  "missing.keep": "kept, though its feed has it no more,",
  "conflict.keep": "kept their own values on",
  "duplicates.merge": "merged duplicates:",
  "duplicates.dismiss": "said to be different:",
  "duplicates.reopen": "put up for decision again:",
  "category.create": "made the category",
  "category.rename": "renamed the category",
  "category.move": "moved the category",
  "category.merge": "merged the category",
  "category.archive": "archived the category",
  "category.restore": "restored the category",
  "category.edit": "changed the category",
  "icon.activate": "changed the icon of the category",
  "icon.approve": "approved the icon",
  "icon.reject": "rejected the icon",
  "icon.merge": "merged into another the icon",
  "icon.copy": "copied for another category the icon",
  "icon.take-back": "took back the answer to the icon",
  "icon.put-back": "put back to be reviewed the icon",
  "icon.delete": "deleted the icon",
  "icon.upload": "uploaded the icon",
  "icon.import": "took over from an earlier system the icon",
  "icon.assign": "gave to a category the icon",
  "icon.request": "asked for icons:",
  "icon.retry": "asked again for what failed of",
  "icon.ceiling": "changed what may be spent on",
  "icon.settings": "changed the icon settings",
  "definition.create": "made the metafield",
  "definition.update": "changed the metafield",
  "definition.delete": "deleted the metafield",
  "definition.restore": "made the metafield again",
  "definition.pin": "ordered the pinned metafields",
  "view.create": "saved the view",
  "view.update": "changed the view",
  "view.delete": "removed the view",
  "match.answer": "said which product is meant",
  "match.undo": "took back which product was meant",
  "rejection.dismiss": "set refused rows aside of",
  "inbox.assign": "gave to somebody",
  "sample.remove": "removed the sample",
  "user.create": "added the user",
  "user.sign-in": "signed in",
  "user.sign-in-failed": "failed to sign in",
  "user.sign-out": "signed out a device",
  "user.sign-out-all": "signed out everywhere",
  "user.change-password": "changed their password",
  "user.set-password": "set the password of",
  "user.set-role": "changed the role of",
  "user.set-active": "switched the sign-in of",
  "token.issue": "got a token",
  "token.create": "made a token",
  "token.revoke": "took back a token",
};

/** What somebody did, as the middle of a sentence between their name and what it was done to. */
export function doingWords(action: string): string {
  return WORDS[action] ?? action.replace(/^[a-z]+\./, "").replaceAll(/[._-]+/g, " ");
}

/** Values longer than this are cut, in characters. */
const LONGEST = 60;
/** What machines compare by tells people nothing; which run it was is told beside. */
const NOT_TOLD = /(^|\.)(hash|id|[a-zA-Z]+Id|fence|number|version|appliedAt|rejection)$/;
/** Differences named; the rest is counted. */
const MOST = 6;

/**
 * What differs between two values as the audit trail keeps them: `schedule cron: 0 2 * * * → 0 4 * * *`. One side alone
 * is told without an arrow.
 */
export function differenceWords(before: unknown, after: unknown): string[] {
  const was = flat(before);
  const is = flat(after);
  const lines: string[] = [];
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(path), is.get(path)];
    if (old === now || NOT_TOLD.test(path)) continue;
    // A choice that was offered and not taken, or a box left empty.
    if (old === undefined && (now === "false" || now === "")) continue;
    // What it was before somebody acted on it: the act itself says what it is now.
    if (path === "status" && now === undefined) continue;
    const name = path === "" ? "" : `${spelled(path)}: `;
    lines.push(`${name}${[old, now].flatMap((value) => (value === undefined ? [] : told(path, value))).join(" → ")}`);
  }
  return lines.length > MOST ? [...lines.slice(0, MOST), `and ${lines.length - MOST} more`] : lines;
}

/** Names of ours as the screens have them. */
function told(path: string, value: string): string {
  if (path === "field") return fieldLabel(value);
  if (path === "kind" && value in FEED_KINDS) return FEED_KINDS[value as FeedKind].label;
  return value;
}

const plainValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).catch({});

/** What differs between two values of a product or category: `Price: 55.50 → 88.00`. */
export function fieldDifferences(before: unknown, after: unknown): string[] {
  const [was, is] = [plainValues.parse(before ?? {}), plainValues.parse(after ?? {})];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (field) => !["run", "iconId"].includes(field) && was[field] !== is[field],
  );
  const lines = fields.map((field) => {
    const show = (value: string | number | boolean | null | undefined) =>
      short(fieldValue(field, value ?? null) || "nothing");
    return field in was
      ? `${fieldLabel(field)}: ${show(was[field])} → ${show(is[field])}`
      : `${fieldLabel(field)}: ${show(is[field])}`;
  });
  return lines.length > MOST ? [...lines.slice(0, MOST), `and ${lines.length - MOST} more`] : lines;
}

/** `schedule.timeZone` as "schedule time zone". */
function spelled(path: string) {
  return path
    .replace(/^kind$/, "format")
    .replaceAll(".", " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase();
}

function flat(value: unknown, path = "", into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) return into;
  if (typeof value !== "object") return into.set(path, short(String(value)));
  if (Array.isArray(value)) return into.set(path, short(value.map((item) => short(plain(item))).join(", ")));
  for (const [key, inner] of Object.entries(value)) flat(inner, path ? `${path}.${key}` : key, into);
  return into;
}

function plain(value: unknown) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function short(text: string) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
