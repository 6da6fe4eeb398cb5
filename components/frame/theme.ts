import { THEME_COOKIE, type Theme } from "@/lib/theme";
import { keepPreference } from "./preference";

export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

/** Shows the theme at once and keeps it for the next page. */
export function chooseTheme(theme: Theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  keepPreference(THEME_COOKIE, theme);
}

export function toggleTheme() {
  const isDark =
    currentTheme() === "dark" || (currentTheme() === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  chooseTheme(isDark ? "light" : "dark");
}
