/**
 * Closes a menu by Escape, by a click elsewhere or when the focus leaves, and moves in it by the arrow keys.
 *
 *   <details class="sl-menu"><summary class="btn">More</summary>
 *     <div class="sl-menu-list"><a href="…">…</a><button>…</button></div></details>
 */
function entries(menu: HTMLDetailsElement): HTMLElement[] {
  const all = menu.querySelectorAll<HTMLElement>(".sl-menu-list :is(a, button)");
  return [...all].filter((entry) => entry.checkVisibility());
}

function move(menu: HTMLDetailsElement, step: number): void {
  const all = entries(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]?.focus();
}

function onKey(menu: HTMLDetailsElement, event: KeyboardEvent): void {
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    menu.open = true;
    move(menu, event.key === "ArrowDown" ? 1 : -1);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

export function attachMenu(menu: HTMLDetailsElement): void {
  menu.addEventListener("keydown", (event) => {
    if (menu.open || event.key.startsWith("Arrow")) onKey(menu, event);
  });
  menu.addEventListener("focusout", (event) => {
    // a click on nothing focusable has no related target; the listener below deals with it
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".sl-menu-list :is(a, button)")) menu.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
}
