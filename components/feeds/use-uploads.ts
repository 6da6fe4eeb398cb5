"use client";

import { useCallback, useRef, useState } from "react";
import { UPLOAD_KINDS, type UploadKind } from "@/lib/feeds/upload-kinds";
import { formatBytes } from "@/lib/format";

export interface UploadItem {
  /** Of this browser; the server's id comes with `done`. */
  key: string;
  name: string;
  bytes: number;
  sent: number;
  state: { is: "sending" } | { is: "done"; uploadId: string } | { is: "failed"; reason: string };
}

/** Largest file that the server takes; it says so itself for anybody who asks another way. */
const LIMIT_BYTES = 4_000_000_000;
let lastKey = 0;

/** Files on their way to the server, each with how far it is. */
export function useUploads(kind: UploadKind = "feed") {
  const [items, setItems] = useState<UploadItem[]>([]);
  const requests = useRef(new Map<string, XMLHttpRequest>());

  const change = useCallback((key: string, to: Partial<UploadItem>) => {
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...to } : item)));
  }, []);

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        lastKey += 1;
        const key = String(lastKey);
        const item: UploadItem = { key, name: file.name, bytes: file.size, sent: 0, state: { is: "sending" } };
        const problem = problemOf(file, kind);
        setItems((now) => [...now, problem ? { ...item, state: { is: "failed", reason: problem } } : item]);
        if (!problem)
          requests.current.set(
            key,
            send(file, kind, (to) => change(key, to)),
          );
      }
    },
    [change, kind],
  );

  const remove = useCallback((key: string) => {
    requests.current.get(key)?.abort();
    setItems((now) => now.filter((item) => item.key !== key));
  }, []);

  return { items, add, remove };
}

function problemOf(file: File, kind: UploadKind) {
  const { endings, isOther } = UPLOAD_KINDS[kind];
  if (!endings.test(file.name)) return `It is ${isOther}`;
  if (file.size === 0) return "The file is empty.";
  if (file.size > LIMIT_BYTES) return `Larger than ${formatBytes(LIMIT_BYTES)}. Put it into a folder on the server.`;
  return null;
}

/** `fetch` can't tell how much was sent; this can. */
function send(file: File, kind: UploadKind, change: (to: Partial<UploadItem>) => void) {
  const request = new XMLHttpRequest();
  request.open("POST", `/api/feeds/uploads?kind=${kind}&name=${encodeURIComponent(file.name)}`);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => change({ sent: event.loaded }));
  request.addEventListener("load", () => {
    if (request.status === 200) {
      change({ sent: file.size, state: { is: "done", uploadId: request.response.uploadId } });
    } else {
      const reason = request.response?.error?.message ?? `The server answered ${request.status}. Try again.`;
      change({ state: { is: "failed", reason } });
    }
  });
  request.addEventListener("error", () => {
    change({ state: { is: "failed", reason: "The connection broke. Remove the file and choose it again." } });
  });
  request.send(file);
  return request;
}
