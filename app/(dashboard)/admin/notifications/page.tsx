import { Webhook } from "lucide-react";
import type { Metadata } from "next";
import { PageHead } from "@/components/frame/page-head";
import { RefreshWhile } from "@/components/live/refresh-while";
import { ChannelsTable } from "@/components/notifications/channels-table";
import { DeliveriesTable } from "@/components/notifications/deliveries-table";
import { MailServerForm } from "@/components/notifications/mail-server-form";
import { NewChannelButton } from "@/components/notifications/new-channel-button";
import { EmptyState } from "@/components/ui/empty-state";
import { requireActor } from "@/lib/auth/current-actor";
import { getMailSettings } from "@/lib/notifications/channels/mail-settings";
import { listChannels } from "@/lib/notifications/channels/queries";

export const metadata: Metadata = { title: "Notification channels" };

export default async function NotificationChannelsPage() {
  const actor = await requireActor("settings:manage");
  const [{ channels, deliveries }, mail] = await Promise.all([listChannels(actor), getMailSettings(actor)]);
  return (
    <>
      <PageHead
        crumbs={[{ href: "/notifications", label: "Notifications" }]}
        title="Channels"
        actions={<NewChannelButton />}
      />
      <div className="scroller min-h-0 flex-1">
        <section aria-label="Channels" className="border-t bg-panel">
          {channels.length > 0 ? (
            <ChannelsTable channels={channels} />
          ) : (
            <EmptyState icon={Webhook} title="Nothing leaves the screen yet">
              A channel carries what people are told of to a webhook or an e-mail address of the shop&apos;s: each at
              once, or gathered by the hour or the day.
            </EmptyState>
          )}
        </section>
        <section aria-labelledby="mail-server" className="border-t px-4 py-4">
          <h2 id="mail-server" className="text-lg">
            Mail server
          </h2>
          <p className="mt-0.5 mb-3 text-muted">
            For e-mail channels, and for what people have sent to themselves. The password is kept sealed.
          </p>
          <MailServerForm key={mail?.revision ?? 0} settings={mail} email={actor.email} />
        </section>
        {deliveries.length > 0 && (
          <section aria-labelledby="deliveries" className="border-t bg-panel">
            <h2 id="deliveries" className="px-4 pt-4 pb-2 text-lg">
              Latest deliveries
            </h2>
            <DeliveriesTable deliveries={deliveries} />
          </section>
        )}
      </div>
      <RefreshWhile isActive={deliveries.some(({ status, problem }) => status === "waiting" && !problem)} />
    </>
  );
}
