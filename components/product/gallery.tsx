"use client";

import { useRouter } from "next/navigation";
import { type ComponentType, useCallback, useState } from "react";
import { movePicture } from "@/lib/images/picture-order";
import type { PictureView } from "@/lib/images/picture-view";
import { AddPictures } from "./add-pictures";
import { useEditor } from "./editor";
import { FetchPictures } from "./fetch-pictures";
import type { Lightbox } from "./lightbox";
import { PictureBox } from "./picture-box";
import { PictureDrop } from "./picture-drop";
import { PictureStrip } from "./picture-strip";
import { PictureTools } from "./picture-tools";
import { RemovedPictures } from "./removed-pictures";
import { SourceBadge } from "./source-badge";
import { usePictureOrder } from "./use-picture-order";
import { usePictureUploads } from "./use-picture-uploads";

/** The product's pictures: one large, the others to choose from, and for who may, everything to change them. */
export function Gallery() {
  const { product, canManage } = useEditor();
  const router = useRouter();
  const name = String(product.values.name);
  const { images, arrange } = usePictureOrder(product.id, product.images);
  const [chosenId, choose] = useState<number>();
  const added = useCallback(
    (imageId: number) => {
      choose(imageId);
      router.refresh();
    },
    [router],
  );
  const { uploads, add, dismiss } = usePictureUploads(product.id, choose);
  const shown = images.find((image) => image.id === chosenId) ?? images[0];
  const move = (id: number, to: number) => {
    choose(id);
    arrange(
      movePicture(
        images.map((image) => image.id),
        id,
        to,
      ),
    );
  };
  return (
    <PictureDrop onFiles={canManage ? add : null}>
      {shown ? (
        <figure>
          <LargePicture images={images} shown={shown} product={name} onChoose={choose} />
          <figcaption className="mt-1 flex items-baseline justify-between gap-2">
            <span className="truncate text-2xs text-muted" title={shown.address ?? undefined}>
              {shown.name}
            </span>
            <SourceBadge source={shown.source} />
          </figcaption>
          {images.length > 1 && (
            <PictureStrip images={images} chosenId={shown.id} onChoose={choose} onMove={canManage ? move : null} />
          )}
          {canManage && (
            <PictureTools
              key={shown.id}
              productId={product.id}
              image={shown}
              isMain={shown === images[0]}
              onMakeMain={() => move(shown.id, 0)}
            />
          )}
        </figure>
      ) : (
        <p className="text-muted">{canManage ? "No picture yet. Add one, or drop it here." : "No picture yet."}</p>
      )}
      {canManage && (
        <>
          <AddPictures productId={product.id} uploads={uploads} onFiles={add} onDismiss={dismiss} onAdded={added} />
          <FetchPictures productId={product.id} images={images} />
          <RemovedPictures productId={product.id} images={product.removedImages} />
        </>
      )}
    </PictureDrop>
  );
}

type LargeProps = {
  images: PictureView[];
  shown: PictureView;
  product: string;
  onChoose: (id: number) => void;
};

/** A click or Enter shows it as large as the screen; what does that is fetched when somebody is about to. */
function LargePicture({ images, shown, product, onChoose }: LargeProps) {
  const [Open, setOpen] = useState<ComponentType<Parameters<typeof Lightbox>[0]>>();
  const load = () => import("./lightbox").then((module) => module.Lightbox);
  const alt = shown.altText || product;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`Enlarge: ${alt}`}
        onPointerEnter={() => void load()}
        onClick={async () => {
          const component = await load();
          setOpen(() => component);
        }}
        className="block w-full cursor-zoom-in rounded-md"
      >
        <PictureBox key={shown.id} image={shown} alt={alt} size="large" className="aspect-[4/3] w-full" />
      </button>
      {Open && (
        <Open
          images={images}
          chosenId={shown.id}
          product={product}
          onChoose={onChoose}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
