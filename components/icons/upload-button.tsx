"use client";

import { Upload } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { formatPlural } from "@/lib/format";
import { type AlikeIcon, sendIcon } from "./send-icon";

const AlikeDialog = dynamic(() => import("./alike-dialog").then((module) => module.AlikeDialog), {
  loading: () => null,
});

/** What the server takes; it looks into the file itself. */
const TAKEN = "image/png,image/webp,image/jpeg,image/svg+xml,.svg";

type Props = {
  /** Null: the library alone. */
  categoryId: string | null;
  /** The first one stands for the category at once. */
  isActivated?: boolean;
  label?: string;
};

/** Adds a person's own icons; one that looks like another is asked about, with both pictures. */
export function UploadButton({ categoryId, isActivated = false, label = "Upload" }: Props) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [doubtful, setDoubtful] = useState<{ file: File; alike: AlikeIcon[] }[]>([]);

  async function send(files: File[], isWantedAnyway = false) {
    setBusy(true);
    let kept = 0;
    for (const file of files) {
      const sent = await sendIcon(file, { categoryId, isActivated, isWantedAnyway });
      if (sent.kind === "kept") kept += 1;
      else if (sent.kind === "alike") setDoubtful((now) => [...now, { file, alike: sent.alike }]);
      else {
        const { sameId } = sent;
        await showToast(`${file.name}: ${sent.why}`, {
          tone: "error",
          action: sameId ? { label: "Open it", onClick: () => router.push(`/icons/${sameId}`) } : undefined,
        });
      }
    }
    setBusy(false);
    if (kept > 0) {
      router.refresh();
      await showToast(`Added ${formatPlural(kept, "icon")}`);
    }
  }

  const [asked] = doubtful;
  const answered = () => setDoubtful((now) => now.slice(1));
  return (
    <>
      <Button aria-disabled={isBusy} onClick={() => !isBusy && input.current?.click()}>
        <Upload aria-hidden />
        {isBusy ? "Sending…" : label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={TAKEN}
        multiple={!isActivated}
        aria-label="Icons to upload"
        className="hidden"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          void send(files);
        }}
      />
      {asked && (
        <AlikeDialog
          key={doubtful.length}
          {...asked}
          onLeave={answered}
          onAnyway={() => {
            answered();
            void send([asked.file], true);
          }}
        />
      )}
    </>
  );
}
