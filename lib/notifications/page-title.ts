/** A page's title with the count of what is unread: `(2) Products · Stockroom`; 0 takes it away. */
export function badgedTitle(title: string, unread: { unread: number; isCapped: boolean }): string {
  const bare = title.replace(/^\(\d+\+?\) /, "");
  if (unread.unread === 0) return bare;
  return `(${countWords(unread)}) ${bare}`;
}

/** `7`, and `99+` where no more are counted. */
export function countWords({ unread, isCapped }: { unread: number; isCapped: boolean }): string {
  return isCapped ? `${unread - 1}+` : String(unread);
}
