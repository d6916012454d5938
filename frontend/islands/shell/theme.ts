/**
 * Chooses light, dark or what the device says, and remembers it on this device.
 *
 *   <button type="button" data-theme-set="dark" role="menuitemradio" aria-checked="false">Dark</button>
 *
 * Tells the page with the event `themechange`, so that charts draw themselves anew.
 */
const KEY = "sl-theme";
const device = matchMedia("(prefers-color-scheme: dark)");

function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return "system";
  }
}

function store(choice: string): void {
  try {
    if (choice === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // storage is refused: the choice holds for this page
  }
}

function show(choice: string): void {
  const theme = choice === "system" ? (device.matches ? "dark" : "light") : choice;
  document.documentElement.dataset.bsTheme = theme;
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-set]")) {
    button.setAttribute("aria-checked", String(button.dataset.themeSet === choice));
  }
  document.dispatchEvent(new CustomEvent("themechange", { detail: { theme } }));
}

device.addEventListener("change", () => {
  if (stored() === "system") show("system");
});

export function attachTheme(button: HTMLButtonElement): void {
  button.setAttribute("aria-checked", String(button.dataset.themeSet === stored()));
  button.addEventListener("click", () => {
    const choice = button.dataset.themeSet ?? "system";
    store(choice);
    show(choice);
  });
}
