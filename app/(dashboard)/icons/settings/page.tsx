import type { Metadata } from "next";
import { PageHead } from "@/components/frame/page-head";
import { EndpointSettings } from "@/components/icons/endpoint-settings";
import { requireActor } from "@/lib/auth/current-actor";
import { formatMicros } from "@/lib/icons/format-micros";
import { getIconSettings } from "@/lib/icons/icon-settings";

export const metadata: Metadata = { title: "Icon settings" };

export default async function IconSettingsPage() {
  const actor = await requireActor("settings:manage");
  const { settings, spentMicros } = await getIconSettings(actor);
  return (
    <>
      <PageHead crumbs={[{ href: "/icons", label: "Icons" }]} title="Settings" />
      <div className="scroller min-h-0 flex-1 border-t px-4 py-4">
        <EndpointSettings
          key={settings.revision}
          settings={settings}
          spent={spentMicros > 0 ? formatMicros(spentMicros, settings.currency) : null}
        />
      </div>
    </>
  );
}
