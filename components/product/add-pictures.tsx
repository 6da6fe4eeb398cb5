"use client";

import { Globe, ImagePlus, X } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { OnIntent } from "@/components/ui/on-intent";
import { Progress } from "@/components/ui/progress";
import type { PictureUpload } from "./use-picture-uploads";

type Props = {
  productId: string;
  uploads: PictureUpload[];
  onFiles: (files: Iterable<File>) => void;
  onDismiss: (key: string) => void;
  onAdded: (imageId: number) => void;
};

const loadFromAddress = () => import("./picture-from-address").then((module) => module.PictureFromAddress);

/** Pictures from this computer or from an address; dropped and pasted ones join them. */
export function AddPictures({ productId, uploads, onFiles, onDismiss, onAdded }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="mt-2 grid gap-1.5">
      <div data-commands className="flex flex-wrap gap-1.5">
        <Button
          size="small"
          onClick={() => input.current?.click()}
          title="JPEG, PNG, WebP, GIF or AVIF, up to 20 MB; dropping and pasting work too"
        >
          <ImagePlus aria-hidden />
          Add pictures
        </Button>
        <OnIntent opens="dialog" load={loadFromAddress} props={{ productId, onAdded }}>
          <Button size="small">
            <Globe aria-hidden />
            From address
          </Button>
        </OnIntent>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Pictures to add"
        accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
        onChange={(event) => {
          onFiles(event.target.files ?? []);
          // The same file chosen again is a change again.
          event.target.value = "";
        }}
      />
      {uploads.length > 0 && (
        <ul className="rounded-md border bg-panel">
          {uploads.map((upload) => (
            <UploadLine key={upload.key} upload={upload} onDismiss={() => onDismiss(upload.key)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function UploadLine({ upload, onDismiss }: { upload: PictureUpload; onDismiss: () => void }) {
  const { name, sent, bytes, failure } = upload;
  return (
    <li className="flex items-start gap-2 border-line-soft px-2 py-1 text-xs not-last:border-b">
      <div className="min-w-0 flex-1">
        <p className="truncate" title={name}>
          {name}
        </p>
        {failure ? (
          <p role="alert" className="text-red [overflow-wrap:anywhere]">
            {failure}
          </p>
        ) : (
          <Progress percent={(100 * sent) / Math.max(1, bytes)} label={`Uploading ${name}`} />
        )}
      </div>
      <Button
        variant="ghost"
        size="icon-small"
        aria-label={failure ? `Dismiss ${name}` : `Stop uploading ${name}`}
        onClick={onDismiss}
      >
        <X aria-hidden />
      </Button>
    </li>
  );
}
