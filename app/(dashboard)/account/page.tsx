import type { Metadata } from "next";
import { Devices } from "@/components/account/devices";
import { EndAllButton } from "@/components/account/end-all-button";
import { PasswordForm } from "@/components/account/password-form";
import { Section } from "@/components/account/section";
import { TokenForm } from "@/components/account/token-form";
import { Tokens } from "@/components/account/tokens";
import { PageHead } from "@/components/frame/page-head";
import { OwnEmailForm } from "@/components/notifications/own-email-form";
import { PreferencesForm } from "@/components/notifications/preferences-form";
import { Time } from "@/components/ui/time";
import { requireActor } from "@/lib/auth/current-actor";
import { listApiTokens } from "@/lib/auth/tokens";
import { hasMailServer } from "@/lib/notifications/channels/mail-settings";
import { getOwnEmail } from "@/lib/notifications/channels/queries";
import { getPreferences } from "@/lib/notifications/preferences";
import { getOwnProfileOrThrow, listSessions } from "@/lib/users/queries";
import {
  changePasswordAction,
  createTokenAction,
  endAllSessionsAction,
  endSessionAction,
  revokeTokenAction,
} from "./actions";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const actor = await requireActor();
  const [profile, sessions, tokens, off, ownEmail, mailServer] = await Promise.all([
    getOwnProfileOrThrow(actor),
    listSessions(actor),
    listApiTokens(actor),
    getPreferences(actor),
    getOwnEmail(actor),
    hasMailServer(actor),
  ]);
  return (
    <>
      <PageHead title="Account" />
      <div className="max-w-5xl px-4 pb-10">
        <Section title="Profile" note="An admin changes these.">
          <Profile profile={profile} />
        </Section>
        <Section title="Password" note="Changing it signs out your other devices. API tokens keep working.">
          <PasswordForm email={profile.email} change={changePasswordAction} />
        </Section>
        <Section
          title="Devices"
          note="Where you are signed in. A device signs out by itself after an hour unused, or 12 hours."
          actions={<EndAllButton endAll={endAllSessionsAction} />}
        >
          <Devices devices={sessions} currentId={actor.sessionId} end={endSessionAction} />
        </Section>
        <div id="notifications">
          <Section title="Notifications" note="What you are told of, under the bell and by e-mail.">
            <PreferencesForm off={off} />
            <OwnEmailForm
              key={ownEmail?.version ?? 0}
              email={profile.email}
              channel={ownEmail}
              hasMailServer={mailServer}
            />
          </Section>
        </div>
        <Section title="API tokens" note="For scripts. A token acts as you, with your role at the time.">
          <Tokens tokens={tokens} revoke={revokeTokenAction} />
          <TokenForm create={createTokenAction} />
        </Section>
      </div>
    </>
  );
}

function Profile({ profile }: { profile: Awaited<ReturnType<typeof getOwnProfileOrThrow>> }) {
  const facts = [
    ["Name", `${profile.firstName} ${profile.lastName}`.trim() || "—"],
    ["E-mail", profile.email],
    ["Username", profile.username],
    ["Role", profile.role],
  ] as const;
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
      <dt className="text-muted">Last sign-in</dt>
      <dd>{profile.lastLoginAt ? <Time at={profile.lastLoginAt} /> : "never"}</dd>
    </dl>
  );
}
