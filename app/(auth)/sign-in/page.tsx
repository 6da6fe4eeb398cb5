import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Logo } from "@/components/frame/logo";
import { currentActor } from "@/lib/auth/current-actor";
import { safeNextPath } from "@/lib/auth/next-path";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next, callbackUrl } = await searchParams;
  // next-auth's own redirects here name the address `callbackUrl`.
  const path = safeNextPath(next ?? callbackUrl);
  if (await currentActor()) redirect(path);
  return (
    <main className="grid min-h-dvh place-content-center p-4">
      <div className="w-[min(22rem,calc(100vw-2rem))]">
        <div className="mb-6 flex items-center gap-2 text-lg font-semibold tracking-[-0.01em]">
          <Logo />
          Stockroom
        </div>
        <h1 className="mb-4 text-xl">Sign in</h1>
        <SignInForm next={path} />
      </div>
    </main>
  );
}
