"use client";

import { useState } from "react";
import {
  answerConflictsAction,
  answerMatchesAction,
  answerMissingAction,
  assignAction,
  dismissRejectionsAction,
  listSubjectsAction,
} from "@/app/(dashboard)/inbox/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { OnIntent } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { formatCount, formatPlural } from "@/lib/format";
import { INBOX_KIND_WORDS, type InboxKind, type InboxRow, subjectNumber } from "@/lib/inbox/inbox-row";
import type { InboxSearch } from "@/lib/inbox/search-params";
import { useAnswer } from "./answer-call";
import type { Me, Person } from "./me";

/** As many as one answer may hold (lib/inbox/answer-missing.ts, answer-conflicts.ts). */
const CHUNK = 200;

type Props = {
  rows: InboxRow[];
  ticked: ReadonlySet<string>;
  search: InboxSearch;
  shown: number;
  people: Person[];
  me: Me;
  setTicked: (ticked: ReadonlySet<string>) => void;
};

/** What can be done with all that is ticked: answers where it is of one kind, and who looks after it. */
export function BulkBar({ rows, ticked, search, shown, people, me, setTicked }: Props) {
  const { send, isPending } = useAnswer();
  const [isChoosing, setChoosing] = useState(false);
  const subjects = [...ticked];
  const kinds = new Set<InboxKind>(rows.filter((row) => ticked.has(row.subject)).map((row) => row.kind));
  const [kind] = search.kind ? [search.kind] : kinds.size === 1 ? kinds : [];
  const ids = subjects.filter((subject) => /^(change|rejection):/.test(subject)).map(subjectNumber);
  const clear = () => setTicked(new Set());

  async function chooseAll() {
    if (!search.kind) return;
    setChoosing(true);
    const found = await answerOf(listSubjectsAction({ ...search, kind: search.kind }));
    setChoosing(false);
    if (found.ok) setTicked(new Set(found.data));
    else await showToast(found.error.message, { tone: "error" });
  }

  return (
    <section
      data-commands
      aria-label="With what is ticked"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t bg-panel px-3 py-2 shadow-float"
    >
      <span className="tabular font-medium">{formatCount(ticked.size)} ticked</span>
      {search.kind && ticked.size < shown && (
        <Button size="small" onClick={chooseAll} aria-disabled={isChoosing}>
          Tick all{" "}
          {formatPlural(Math.min(shown, 1_000), INBOX_KIND_WORDS[search.kind].one, INBOX_KIND_WORDS[search.kind].many)}
        </Button>
      )}
      <Button size="small" variant="ghost" onClick={clear}>
        Untick
      </Button>
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {me.mayAnswer && kind && <Answers kind={kind} ids={ids} send={send} isPending={isPending} done={clear} />}
        <Select
          aria-label="Give to"
          value=""
          className="w-auto"
          onChange={(event) => {
            const to = event.target.value;
            send(
              () => assignAction({ subjects, assigneeId: to === "nobody" ? null : to }),
              ({ assigned }) =>
                to === "nobody" ? `${assigned} given back.` : `${assigned} given to ${nameOf(people, to)}.`,
              clear,
            );
          }}
        >
          <option value="" disabled>
            Give to…
          </option>
          {(me.mayAnswer ? people : people.filter((person) => person.id === me.id)).map((person) => (
            <option key={person.id} value={person.id}>
              {person.id === me.id ? "Me" : person.name}
            </option>
          ))}
          <option value="nobody">Nobody</option>
        </Select>
      </span>
    </section>
  );
}

type AnswersProps = {
  kind: InboxKind;
  ids: number[];
  send: ReturnType<typeof useAnswer>["send"];
  isPending: boolean;
  done: () => void;
};

/** The answers of one kind of question; those that are hard to take back ask first. */
function Answers({ kind, ids, send, isPending, done }: AnswersProps) {
  const ask = (
    what: { verb: string; title: string; note: string; wantsReason?: boolean },
    go: (reason: string) => void,
  ) => (
    <OnIntent
      opens="dialog"
      load={() => import("./bulk-dialog").then((module) => module.BulkDialog)}
      props={{ ...what, count: ids.length, go }}
    >
      <Button aria-disabled={isPending}>{what.verb}</Button>
    </OnIntent>
  );
  const rows = formatPlural(ids.length, INBOX_KIND_WORDS[kind].one, INBOX_KIND_WORDS[kind].many);
  const told = ({ answered }: { answered: number }) => `Answered ${formatPlural(answered, "row")}.`;
  switch (kind) {
    case "match":
      return (
        <>
          {ask(
            {
              verb: "Leave out",
              title: `Leave ${rows} out?`,
              note: "Later runs count them as unchanged and never ask again. Each answer can be taken back under Answers given.",
            },
            () => send(() => answerMatchesAction({ changeIds: ids, answer: { as: "left_out" } }), told, done),
          )}
          {ask(
            {
              verb: "Make new products",
              title: `Make new products of ${rows}?`,
              note: "Works where the feed gives a SKU and a name. The run that makes them can be undone.",
            },
            () => send(() => answerMatchesAction({ changeIds: ids, answer: { as: "new" } }), told, done),
          )}
        </>
      );
    case "conflict":
      return (
        <>
          {ask(
            {
              verb: "Keep mine",
              title: `Keep the present values of ${rows}?`,
              note: "They stay against what the feed says now; another word of the feed asks again.",
            },
            () =>
              send(
                () => inChunks(ids, (changeIds) => answerConflictsAction({ changeIds, answer: "mine" })),
                told,
                done,
              ),
          )}
          {ask(
            {
              verb: "Take the feed's",
              title: `Take the feed's values for ${rows}?`,
              note: "They replace what people wrote. Each product's history keeps both.",
            },
            () =>
              send(
                () => inChunks(ids, (changeIds) => answerConflictsAction({ changeIds, answer: "feed" })),
                told,
                done,
              ),
          )}
        </>
      );
    case "missing":
      return (
        <>
          {ask(
            {
              verb: "Keep",
              title: `Keep ${rows}?`,
              note: "Nobody is asked again until the feed has listed them and dropped them once more.",
            },
            () =>
              send(() => inChunks(ids, (changeIds) => answerMissingAction({ changeIds, answer: "keep" })), told, done),
          )}
          {ask(
            {
              verb: "Archive",
              title: `Archive ${rows}?`,
              note: "They leave the catalogue's lists and stay where they are; each can be set active again on its page.",
            },
            () =>
              send(
                () => inChunks(ids, (changeIds) => answerMissingAction({ changeIds, answer: "archive" })),
                told,
                done,
              ),
          )}
        </>
      );
    case "refused":
      return ask(
        {
          verb: "Set aside",
          title: `Set ${rows} aside?`,
          note: "Nobody is asked about them any more; their run still lists them.",
          wantsReason: true,
        },
        (reason) =>
          send(
            () => dismissRejectionsAction({ ids, reason }),
            ({ dismissed }) => `Set ${formatPlural(dismissed, "row")} aside.`,
            done,
          ),
      );
    case "review":
    case "failed":
      return null;
    default:
      return kind satisfies never;
  }
}

/** One answer after the other, so that none holds the database for long; stops at the first failure. */
async function inChunks(
  ids: number[],
  call: (ids: number[]) => ReturnType<typeof answerMissingAction>,
): ReturnType<typeof answerMissingAction> {
  let answered = 0;
  for (let at = 0; at < ids.length; at += CHUNK) {
    const result = await call(ids.slice(at, at + CHUNK));
    if (!result.ok) return result;
    answered += result.data.answered;
  }
  return { ok: true, data: { answered } };
}

function nameOf(people: Person[], id: string) {
  return people.find((person) => person.id === id)?.name ?? "them";
}
