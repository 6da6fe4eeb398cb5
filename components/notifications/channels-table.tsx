"use client";

import { KeyRound, Pencil, Send, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { testChannelAction } from "@/app/(dashboard)/account/notification-actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import { StatusDot } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast";
import { formatCount, NOTHING } from "@/lib/format";
import type { ChannelRow } from "@/lib/notifications/channels/queries";

const loadForm = () => import("./channel-dialog").then((module) => module.ChannelDialog);
const loadRenew = () => import("./secret-dialog").then((module) => module.RenewSecretDialog);
const loadDelete = () => import("./secret-dialog").then((module) => module.DeleteChannelDialog);

export function ChannelsTable({ channels }: { channels: ChannelRow[] }) {
  return (
    <table className="ledger" aria-label="Channels">
      <colgroup>
        <col style={{ width: "20%" }} />
        <col />
        <col style={{ width: "150px" }} />
        <col style={{ width: "26%" }} />
        <col style={{ width: "80px" }} />
        <col style={{ width: "136px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Channel</th>
          <th scope="col">Goes to</th>
          <th scope="col">Sends</th>
          <th scope="col">State</th>
          <th scope="col" className="num">
            Waiting
          </th>
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <tr key={channel.id}>
            <td data-phone="title">
              <span className="font-medium">{channel.name}</span>{" "}
              <span className="text-xs text-faint">{channel.kind === "email" ? "e-mail" : "webhook"}</span>
            </td>
            <td className="mono" title={channel.address}>
              {channel.address}
            </td>
            <td className="text-muted" data-phone="below-right">
              {sendsWords(channel)}
            </td>
            <td data-phone="below" title={channel.lastProblem ?? undefined}>
              <State channel={channel} />
            </td>
            <td className="num">{channel.waiting > 0 ? formatCount(channel.waiting) : NOTHING}</td>
            <td className="num" data-phone="right">
              <ChannelButtons channel={channel} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ channel: { isPaused, lastProblem, lastSentAt } }: { channel: ChannelRow }) {
  if (isPaused) return <StatusDot tone="idle">paused</StatusDot>;
  if (lastProblem) return <StatusDot tone="red">{lastProblem}</StatusDot>;
  if (!lastSentAt) return <StatusDot tone="idle">nothing sent yet</StatusDot>;
  return (
    <StatusDot tone="green">
      sent <Time at={lastSentAt} />
    </StatusDot>
  );
}

function sendsWords({ digest, hour, timeZone }: ChannelRow) {
  if (digest === "none") return "each at once";
  if (digest === "hourly") return "every hour";
  return `daily at ${String(hour).padStart(2, "0")}:00, ${timeZone.replaceAll("_", " ")}`;
}

function ChannelButtons({ channel }: { channel: ChannelRow }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  function test() {
    if (isPending) return;
    startTransition(async () => {
      const result = await answerOf(testChannelAction({ channelId: channel.id }));
      if (!result.ok) return void showToast(result.error.message, { tone: "error" });
      await showToast(`A test is on its way through ${channel.name}: see below how it goes`);
      router.refresh();
    });
  }
  const look = { variant: "ghost", size: "icon-small" } as const;
  return (
    <span className="inline-flex gap-0.5">
      <Button {...look} aria-label={`Send a test: ${channel.name}`} title="Send a test" onClick={test}>
        <Send aria-hidden />
      </Button>
      {channel.kind === "webhook" && (
        <OnIntent load={loadRenew} opens="dialog" props={{ channel }}>
          <Button
            {...look}
            aria-label={`New secret: ${channel.name}`}
            title={`Secret …${channel.secretLastFour}: make a new one`}
          >
            <KeyRound aria-hidden />
          </Button>
        </OnIntent>
      )}
      <OnIntent load={loadForm} opens="dialog" props={{ channel }} key={channel.version}>
        <Button {...look} aria-label={`Change: ${channel.name}`} title="Change">
          <Pencil aria-hidden />
        </Button>
      </OnIntent>
      <OnIntent load={loadDelete} opens="dialog" props={{ channel }}>
        <Button {...look} aria-label={`Delete: ${channel.name}`} title="Delete">
          <Trash2 aria-hidden />
        </Button>
      </OnIntent>
    </span>
  );
}
