"use client";

import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { Close, Content, Description, Overlay, Portal, Root, Title } from "radix-ui/dialog";
import type { KeyboardEvent } from "react";
import { buttonClass } from "@/components/ui/button";
import { formatBytes, formatCount } from "@/lib/format";
import type { PictureView } from "@/lib/images/picture-view";
import { pictureSource, whyMissing } from "./picture-box";

type Props = {
  images: PictureView[];
  chosenId: number;
  product: string;
  onChoose: (id: number) => void;
  onClose: () => void;
};

/** A product's pictures as large as the screen: arrow keys, Home and End go through them, Escape closes. */
export function Lightbox({ images, chosenId, product, onChoose, onClose }: Props) {
  const at = Math.max(
    0,
    images.findIndex((image) => image.id === chosenId),
  );
  const image = images[at];
  if (!image) return null;
  const go = (to: number) => {
    const next = images[(to + images.length) % images.length];
    if (next) onChoose(next.id);
  };

  function keyDown(event: KeyboardEvent) {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: images.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  }

  return (
    <Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Portal>
        <Overlay className="fixed inset-0 z-40 animate-appear bg-[oklch(0_0_0/0.6)]" />
        <Content
          onKeyDown={keyDown}
          className="fixed inset-3 z-50 flex animate-appear flex-col rounded-lg bg-panel shadow-float outline-none sm:inset-8"
        >
          <header className="flex items-center gap-3 border-b px-4 py-2">
            <div className="min-w-0 flex-1">
              <Title className="truncate text-md">{image.name}</Title>
              <Description className="truncate text-xs text-muted">{image.altText || product}</Description>
            </div>
            <p className="tabular text-xs whitespace-nowrap text-muted">
              <span className="max-sm:hidden">{factsOf(image)} · </span>
              {at + 1} of {images.length}
            </p>
            {image.hasFile && (
              <a
                href={pictureSource(image)}
                target="_blank"
                rel="noreferrer"
                className={buttonClass({ size: "small" }, "max-sm:hidden")}
              >
                Open the original
              </a>
            )}
            <Close className={buttonClass({ variant: "ghost", size: "icon" })} aria-label="Close">
              <X aria-hidden />
            </Close>
          </header>
          <div className="flex min-h-0 flex-1 items-center gap-1 p-2">
            <Step label="Previous picture" isAlone={images.length < 2} onClick={() => go(at - 1)}>
              <ChevronLeft aria-hidden />
            </Step>
            <div className="grid h-full min-w-0 flex-1 place-items-center">
              {image.hasFile ? (
                // biome-ignore lint/performance/noImgElement: smaller versions are made and kept by us
                <img
                  key={image.id}
                  src={pictureSource(image, 1200)}
                  alt={image.altText || `${product}: ${image.name}`}
                  className="size-full min-h-0 object-scale-down"
                />
              ) : (
                <p className="max-w-96 text-center text-muted">{whyMissing(image)}</p>
              )}
            </div>
            <Step label="Next picture" isAlone={images.length < 2} onClick={() => go(at + 1)}>
              <ChevronRight aria-hidden />
            </Step>
          </div>
        </Content>
      </Portal>
    </Root>
  );
}

type StepProps = { label: string; isAlone: boolean; onClick: () => void; children: React.ReactNode };

function Step({ label, isAlone, onClick, children }: StepProps) {
  if (isAlone) return null;
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className={buttonClass({ variant: "ghost", size: "icon" })}
    >
      {children}
    </button>
  );
}

/** `JPEG, 1,200 × 900 px, 182 KB`; what nobody has looked at is left out. */
export function factsOf({ format, width, height, fileSize }: PictureView): string {
  const size = width && height ? `${formatCount(width)} × ${formatCount(height)} px` : null;
  return [format?.toUpperCase(), size, fileSize === null ? null : formatBytes(fileSize)].filter(Boolean).join(", ");
}
