/**
 * What makes a long form pleasant. Every part works on HTML that is a plain form without it:
 *
 *   <form data-island="form" data-state-url="…" data-draft-url="…">…</form>
 */
import { each } from "../../attach";
import { attachCounter } from "./counter";
import { attachDraft } from "./draft";
import { attachGuard, attachSummary } from "./guard";
import { attachPicker } from "./picker";
import { attachReveal } from "./reveal";
import { attachRows } from "./rows";
import { attachState } from "./state";
import { attachUpload } from "./upload";

export function mount(root: ParentNode): void {
  each<HTMLFormElement>(root, "form[data-island=form]", attachGuard);
  each<HTMLElement>(root, "[data-focus-now]", attachSummary);
  each<HTMLFormElement>(root, "form[data-draft-url]", attachDraft);
  each<HTMLFormElement>(root, "form[data-state-url]", attachState);
  each<HTMLElement>(root, "[data-rows]", attachRows);
  each<HTMLElement>(root, "[data-counter]", attachCounter);
  each<HTMLElement>(root, "[data-picker]", attachPicker);
  each<HTMLElement>(root, "[data-upload]", attachUpload);
  each<HTMLElement>(root, "[data-reveal]", attachReveal);
}
