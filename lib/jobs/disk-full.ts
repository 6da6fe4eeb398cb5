/** Whether a failure, or what caused it, is a full disk: in the words of the system or of SQLite. */
export function isDiskFull(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = "code" in at ? String(at.code) : "";
    if (/ENOSPC|EDQUOT|SQLITE_FULL|database or disk is full/.test(`${code} ${at.message}`)) return true;
  }
  return false;
}
