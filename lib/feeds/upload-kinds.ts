/** What is taken through the browser, by what it is for. */
export const UPLOAD_KINDS = {
  feed: {
    permission: "feed:run",
    endings: /\.(zip|gz|csv|txt|json)$/i,
    accept: ".zip,.csv,.txt,.json,.gz",
    isOther: "no feed file. Choose a zip, gzip, CSV, TXT or JSON file.",
    hint: "Zip, CSV or TXT, several at once",
  },
  icons: {
    permission: "catalog:write",
    endings: /\.(zip|json|png|webp|jpe?g|gif|avif|svg)$/i,
    accept: ".zip,.json,.png,.webp,.jpg,.jpeg,.gif,.avif,.svg",
    isOther: "no part of an icon store. Choose a zip of it, or its metadata.json and pictures.",
    hint: "A zip of the store's folder, or its metadata.json with the pictures",
  },
} as const;
export type UploadKind = keyof typeof UPLOAD_KINDS;
