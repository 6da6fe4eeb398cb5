import { TriangleAlert } from "lucide-react";

/** Work waits and nothing takes it. */
export function NoWorker() {
  return (
    <p role="status" className="mx-4 mb-2 flex items-center gap-2 rounded-md bg-amber-soft px-3 py-2 text-amber">
      <TriangleAlert aria-hidden className="size-[15px] shrink-0" />
      <span>
        No worker is running, so nothing here moves. <code className="mono">npm start</code> runs one beside the web
        server; <code className="mono">bin/stockroom worker</code> runs one alone.
      </span>
    </p>
  );
}
