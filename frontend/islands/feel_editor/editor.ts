/** One editor over one field: CodeMirror in a shadow root, where its style sheets need no leave of the page's policy. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { linter } from "@codemirror/lint";
import { EditorState, type Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { completions } from "./complete";
import { checker, tryAgain } from "./check";
import { colours } from "./colours";
import { look } from "./look";
import { makeTrial } from "./try";

const PAUSE = 350; // milliseconds after the last letter

/** Return what the field is called, for whoever does not see it. */
function nameOf(field: HTMLTextAreaElement): string {
  return field.getAttribute("aria-label") ?? field.labels[0]?.textContent?.trim() ?? "FEEL";
}

export function makeEditor(field: HTMLTextAreaElement): void {
  const host = document.createElement("div");
  host.className = "sl-feel";
  const root = host.attachShadow({ mode: "open" });
  field.after(host);
  field.hidden = true;
  const view = new EditorView({ root, parent: root, state: stateOf(field) });
  field.labels.forEach((label) => label.addEventListener("click", () => view.focus()));
  field.addEventListener("sl:set", () => {
    if (view.state.doc.toString() === field.value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.value } });
  });
  field.addEventListener("focus", () => view.focus());
  settles(field, host);
  let waiting = 0;
  makeTrial(field, host, () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void tryAgain(field), PAUSE);
  });
}

/** As with every field, what was written is settled when the field is left; the focus is elsewhere by then. */
function settles(field: HTMLTextAreaElement, host: HTMLElement): void {
  let before = field.value;
  host.addEventListener("focusin", () => (before = field.value));
  host.addEventListener("focusout", () => {
    if (field.value !== before) setTimeout(() => field.dispatchEvent(new Event("change", { bubbles: true })));
    before = field.value;
  });
}

function stateOf(field: HTMLTextAreaElement): EditorState {
  const isBar = field.dataset.feelBar !== undefined;
  return EditorState.create({
    doc: field.value,
    extensions: [
      history(),
      closeBrackets(),
      autocompletion({ override: [completions(field)], icons: false }),
      linter(checker(field), { delay: PAUSE }),
      colours,
      look,
      replacing,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": nameOf(field), spellcheck: "false" }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged || update.state.doc.toString() === field.value) return;
        field.value = update.state.doc.toString();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }),
      keymap.of([
        ...(isBar ? barKeys(field) : []),
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...defaultKeymap,
        ...historyKeymap,
      ]),
    ],
  });
}

/** Letters over a selection: left to the browser, it would style what it writes inline, against the page's policy. */
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || empty || event.isComposing) return false;
    const text = event.data;
    const insert = (): Transaction => view.state.update({ ...view.state.replaceSelection(text), userEvent: "input.type", scrollIntoView: true });
    if (!view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** In the bar above a table Enter settles the cell and Escape gives it up; the table listens for both. */
function barKeys(field: HTMLTextAreaElement): { key: string; run: () => boolean }[] {
  const tell = (name: string) => (): boolean => {
    field.dispatchEvent(new CustomEvent(name, { bubbles: true }));
    return true;
  };
  return [
    { key: "Mod-Enter", run: tell("sl:settle") },
    { key: "Escape", run: tell("sl:leave") },
  ];
}
