/** What every page has around its content: theme, keys, dialogs, menus. */
import { each } from "../../attach";
import { attachDialog, attachOpener } from "./dialog";
import { attachKeys } from "./keys";
import { attachMenu } from "./menu";
import { attachTheme } from "./theme";

export function mount(root: ParentNode): void {
  each<HTMLElement>(root, "body", attachKeys);
  each<HTMLButtonElement>(root, "[data-theme-set]", attachTheme);
  each<HTMLDetailsElement>(root, "details.sl-menu", attachMenu);
  each<HTMLElement>(root, "[data-opens]", attachOpener);
  each<HTMLDialogElement>(root, "dialog.sl-dialog", attachDialog);
}
