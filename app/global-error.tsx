"use client";

import "./globals.css";
import { Button } from "@/components/ui/button";
import { errorReference } from "@/lib/error-reference";

type Props = { error: unknown; retry: () => void };

/** Stands in for the whole document, so it leans on nothing that may have failed. */
export default function GlobalError({ error, retry }: Props) {
  const reference = errorReference(error);
  return (
    <html lang="en">
      <body>
        <main role="alert" className="grid min-h-dvh place-content-center justify-items-center gap-2 p-6 text-center">
          <h1 className="text-xl">Stockroom could not be shown</h1>
          <p className="max-w-96 text-muted">
            Something went wrong on our side. Nothing was changed. Try again in a moment.
          </p>
          {reference && <p className="mono text-muted">ref {reference}</p>}
          <Button className="mt-2" onClick={retry}>
            Try again
          </Button>
        </main>
      </body>
    </html>
  );
}
