/**
 * Keys for the whole page: `/` searches, `g` and a letter goes, `?` shows the keys.
 *
 *   <input type="search" data-search>
 *   <a href="/cases/" data-go="c">Cases</a>
 *   <dialog class="sl-dialog" id="sl-keys">…</dialog>
 */
const PATIENCE = 1500; // milliseconds between g and the letter

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
}

function focusSearch(): boolean {
  const found = [...document.querySelectorAll<HTMLInputElement>("[data-search]")].find((box) => box.checkVisibility());
  if (found) found.focus();
  // on a phone the box is behind its button
  else document.querySelector<HTMLAnchorElement>("a[data-search-page]")?.click();
  return found !== undefined;
}

function go(letter: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`a[data-go="${CSS.escape(letter)}"]`);
  link?.click();
  return link !== null;
}

export function attachKeys(body: HTMLElement): void {
  let goSince = -Infinity;
  body.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const isGoing = event.timeStamp - goSince < PATIENCE;
    goSince = event.key === "g" && !isGoing ? event.timeStamp : -Infinity;
    if (isGoing ? go(event.key.toLowerCase()) : act(event.key)) event.preventDefault();
  });
}

function act(key: string): boolean {
  if (key === "/") return focusSearch();
  if (key !== "?") return false;
  const help = document.querySelector<HTMLDialogElement>("dialog#sl-keys");
  help?.showModal();
  return help !== null;
}
