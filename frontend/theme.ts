/**
 * Sets the theme before the first paint, so that a dark page never flashes white. Loaded in <head> on its own:
 *
 *   <script src="…/built/theme.js"></script>
 */
function chosen(): string | null {
  try {
    return localStorage.getItem("sl-theme");
  } catch {
    // storage is refused: follow the device
    return null;
  }
}

const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.bsTheme = chosen() ?? (dark ? "dark" : "light");

export {};
