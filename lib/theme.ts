/** The cookies that hold how a person likes the frame; read by the server so that nothing jumps after the first paint. */
export const THEME_COOKIE = "theme";
export const SIDEBAR_COOKIE = "sidebar";

export type Theme = "light" | "dark" | "system";

export function parseTheme(cookie: string | undefined): Theme {
  return cookie === "light" || cookie === "dark" ? cookie : "system";
}
