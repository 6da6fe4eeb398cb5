"use client";

import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import { formatBytes } from "@/lib/format";

export interface PictureUpload {
  /** Of this browser. */
  key: string;
  name: string;
  bytes: number;
  sent: number;
  /** Null while it is on its way; those that arrived are no longer told of. */
  failure: string | null;
}

/** The largest picture that the server takes; it says so itself for anybody who asks another way. */
const LIMIT_BYTES = 20_000_000;
/** Sent side by side; the others wait. */
const AT_ONCE = 3;
let lastKey = 0;

/** Pictures on their way to a product, each with how far it is; the page is asked for again as they arrive. */
export function usePictureUploads(productId: string, onAdded: (imageId: number) => void) {
  const router = useRouter();
  const [uploads, setUploads] = useState<PictureUpload[]>([]);
  const waiting = useRef<{ key: string; file: File }[]>([]);
  const requests = useRef(new Map<string, XMLHttpRequest>());

  const change = useCallback((key: string, to: Partial<PictureUpload>) => {
    setUploads((now) => now.map((upload) => (upload.key === key ? { ...upload, ...to } : upload)));
  }, []);

  const dismiss = useCallback((key: string) => {
    waiting.current = waiting.current.filter((one) => one.key !== key);
    requests.current.get(key)?.abort();
    setUploads((now) => now.filter((upload) => upload.key !== key));
  }, []);

  const sendNext = useCallback(() => {
    while (requests.current.size < AT_ONCE) {
      const next = waiting.current.shift();
      if (!next) return;
      const { key, file } = next;
      const request = send(productId, file, {
        sent: (bytes) => change(key, { sent: bytes }),
        failed: (failure) => change(key, { failure }),
        added: (imageId) => {
          dismiss(key);
          onAdded(imageId);
          router.refresh();
        },
        ended: () => {
          requests.current.delete(key);
          sendNext();
        },
      });
      requests.current.set(key, request);
    }
  }, [productId, onAdded, change, dismiss, router]);

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        lastKey += 1;
        const key = String(lastKey);
        const failure = problemOf(file);
        setUploads((now) => [...now, { key, name: file.name, bytes: file.size, sent: 0, failure }]);
        if (!failure) waiting.current.push({ key, file });
      }
      sendNext();
    },
    [sendNext],
  );

  return { uploads, add, dismiss };
}

function problemOf({ type, size }: File) {
  if (size === 0) return "The file is empty.";
  if (size > LIMIT_BYTES) return `Larger than ${formatBytes(LIMIT_BYTES)}. Save it smaller and try again.`;
  // An unknown type is looked at by the server: what counts is what the file holds.
  if (type && !/^image\/(jpeg|png|webp|gif|avif)$/.test(type)) {
    return "Expected is a JPEG, PNG, WebP, GIF or AVIF picture.";
  }
  return null;
}

interface Listener {
  sent: (bytes: number) => void;
  added: (imageId: number) => void;
  failed: (reason: string) => void;
  ended: () => void;
}

/** `fetch` can't tell how much was sent; this can. */
function send(productId: string, file: File, listener: Listener) {
  const request = new XMLHttpRequest();
  request.open("POST", `/api/products/${productId}/images?name=${encodeURIComponent(file.name.slice(-200))}`);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => listener.sent(event.loaded));
  request.addEventListener("load", () => {
    if (request.status === 200) listener.added(request.response.image_id);
    else listener.failed(request.response?.error?.message ?? `The server answered ${request.status}. Try again.`);
  });
  request.addEventListener("error", () => listener.failed("The connection broke. Choose the file again."));
  request.addEventListener("loadend", listener.ended);
  request.send(file);
  return request;
}
