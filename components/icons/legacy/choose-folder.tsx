"use client";

import { FolderUp } from "lucide-react";
import { useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import { UPLOAD_KINDS } from "@/lib/feeds/upload-kinds";

/** Takes a whole folder of the person's machine: what belongs to a store of it, smaller copies left out. */
export function ChooseFolder({ onChoose }: { onChoose: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);

  function choose(files: FileList | null) {
    const isWanted = ({ name, webkitRelativePath }: File) =>
      UPLOAD_KINDS.icons.endings.test(name) && !webkitRelativePath.includes("/thumbnails/");
    onChoose([...(files ?? [])].filter(isWanted));
  }

  return (
    <div>
      <label className={buttonClass({ size: "small" })}>
        <FolderUp aria-hidden />
        Choose its folder
        <input
          ref={input}
          type="file"
          // Known to every browser, but not to React's types.
          {...{ webkitdirectory: "" }}
          onChange={(event) => {
            choose(event.target.files);
            event.target.value = "";
          }}
          className="sr-only"
        />
      </label>
    </div>
  );
}
