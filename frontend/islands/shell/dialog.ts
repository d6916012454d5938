/**
 * Opens and closes dialogs; the browser keeps the focus inside and gives it back.
 *
 *   <button type="button" data-opens="transfer">Hand over</button>
 *   <dialog class="sl-dialog" id="transfer" aria-labelledby="transfer-title">
 *     <header><h2 id="transfer-title">Hand over</h2><button type="button" data-closes aria-label="Close">…</button></header>
 *   </dialog>
 *
 * A dialog that the server sends with `data-open-now` opens at once: its form came back with errors.
 */
export function attachOpener(button: HTMLElement): void {
  button.addEventListener("click", (event) => {
    const dialog = document.getElementById(button.dataset.opens ?? "");
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    dialog.showModal();
  });
}

export function attachDialog(dialog: HTMLDialogElement): void {
  dialog.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    if (target.closest("[data-closes]")) dialog.close();
    // the backdrop is the dialog itself; a form that holds words is not lost by a slip of the finger
    else if (target === dialog && !dialog.querySelector("form")) dialog.close();
  });
  if (dialog.hasAttribute("data-open-now") && !dialog.open) dialog.showModal();
}
