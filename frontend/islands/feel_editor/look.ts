/** How the editor looks: like every other field, by the page's own tokens, in light and dark. */
import { EditorView } from "@codemirror/view";

export const look = EditorView.theme({
  "&": { border: "1px solid var(--sl-line-2)", borderRadius: "var(--sl-radius)", background: "var(--sl-surface)", color: "var(--sl-ink)" },
  "&.cm-focused": { outline: "2px solid var(--sl-accent)", outlineOffset: "1px" },
  ".cm-content": { fontFamily: 'ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace', fontSize: "var(--sl-t13)", lineHeight: "22px", padding: "4px 0", caretColor: "var(--sl-ink)" },
  ".cm-line": { padding: "0 12px" },
  ".cm-text": { color: "var(--sl-ok)" },
  ".cm-number": { color: "var(--sl-risk)" },
  ".cm-word": { color: "var(--sl-accent)", fontWeight: "600" },
  ".cm-call": { color: "var(--sl-accent)" },
  ".cm-comment": { color: "var(--sl-ink-3)", fontStyle: "italic" },
  ".cm-tooltip": { background: "var(--sl-surface)", color: "var(--sl-ink)", border: "1px solid var(--sl-line-2)", borderRadius: "var(--sl-radius)", fontSize: "var(--sl-t13)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "240px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 12px", lineHeight: "20px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--sl-accent-soft)", color: "var(--sl-accent)" },
  ".cm-completionDetail": { color: "var(--sl-ink-2)", fontStyle: "normal" },
  ".cm-completionInfo": { maxWidth: "360px", padding: "8px 12px", lineHeight: "20px" },
  ".cm-diagnostic": { padding: "6px 12px", lineHeight: "20px" },
});
