import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

/** A webhook's secret, the one time it is shown. */
export function SecretOnce({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <div className="grid gap-3">
      <div role="status" className="rounded-md border border-accent-line bg-accent-soft px-3 py-2">
        <p className="mb-1.5 text-xs">
          Copy this secret into the receiver now. It is not shown again. Each call bears{" "}
          <code className="mono">X-Stockroom-Signature: t=…,v1=…</code>: the HMAC-SHA256 of{" "}
          <code className="mono">t</code>, a dot and the body.
        </p>
        <div className="flex items-center gap-2">
          <code className="mono min-w-0 flex-1 break-all select-all">{secret}</code>
          <CopyButton text={secret} />
        </div>
      </div>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
