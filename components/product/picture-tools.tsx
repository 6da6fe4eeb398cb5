"use client";

import { Star, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState, useTransition } from "react";
import { describePictureAction } from "@/app/(dashboard)/products/[id]/picture-actions";
import { useRemovePicture } from "@/components/pictures/use-remove-picture";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import type { PictureView } from "@/lib/images/picture-view";

type Props = { productId: string; image: PictureView; isMain: boolean; onMakeMain: () => void };

/** What can be done with the picture that is shown. */
export function PictureTools({ productId, image, isMain, onMakeMain }: Props) {
  const { remove, isRemoving } = useRemovePicture({ productId, imageId: image.id }, image.name);
  return (
    <div className="mt-1.5 flex items-start gap-1.5">
      <AltText key={image.altText} productId={productId} image={image} />
      {!isMain && (
        <Button
          size="icon"
          aria-label={`Make ${image.name} the main picture`}
          title="Make it the main picture"
          onClick={onMakeMain}
        >
          <Star aria-hidden />
        </Button>
      )}
      <Button
        size="icon"
        aria-label={`Remove ${image.name}`}
        title="Remove it from the product"
        aria-disabled={isRemoving}
        onClick={remove}
      >
        <Trash2 aria-hidden />
      </Button>
    </div>
  );
}

/** Saved when it is left or with Enter; Escape gives back what was there. A refused text stays as it was typed. */
function AltText({ productId, image }: { productId: string; image: PictureView }) {
  const [seen, setSeen] = useState(image.altText);
  const [typed, setTyped] = useState(image.altText);
  const [error, setError] = useState<string>();
  const [isSaving, startSaving] = useTransition();

  function save() {
    if (isSaving || typed.trim() === seen) return;
    startSaving(async () => {
      const to = typed.trim();
      const result = await answerOf(
        describePictureAction({ productId, imageId: image.id, altText: { from: seen, to } }),
      );
      if (result.ok) {
        setSeen(to);
        setError(undefined);
        return void showToast(to ? "Saved the alt text." : "Removed the alt text.");
      }
      setError(result.error.fields?.["altText.to"] ?? result.error.message);
      const { details } = result.error;
      // The other's words are seen now: saving again replaces them.
      if (typeof details === "object" && details && "theirs" in details) setSeen(String(details.theirs));
    });
  }

  function keyDown(event: KeyboardEvent) {
    if (event.key === "Enter") save();
    if (event.key === "Escape") {
      setTyped(seen);
      setError(undefined);
    }
  }

  return (
    <div className="min-w-0 flex-1">
      <Input
        value={typed}
        aria-label={`Alt text of ${image.name}`}
        aria-invalid={error ? true : undefined}
        placeholder="Alt text: what it shows"
        title="What the picture shows, for those who can't see it"
        maxLength={512}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={keyDown}
      />
      {error && (
        <p role="alert" className="mt-1 text-xs text-red">
          {error}
        </p>
      )}
    </div>
  );
}
