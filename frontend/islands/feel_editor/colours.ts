/** Colours the words of FEEL; the server alone reads it, so this looks at single words. */
import type { Extension } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const KINDS = /(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<text>@?"(?:[^"\\]|\\.)*"?)|(?<word>\b(?:and|or|not|if|then|else|for|in|return|some|every|satisfies|between|instance of|function|true|false|null)\b)|(?<call>[\p{L}_][\p{L}\p{N}_ ]*(?=\())|(?<number>\b\d+(?:\.\d+)?\b)/gu;

const matcher = new MatchDecorator({
  regexp: KINDS,
  decorate: (add, from, to, match) => {
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    if (kind) add(from, to, Decoration.mark({ class: `cm-${kind}` }));
  },
});

class Colours {
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = matcher.createDeco(view);
  }

  update(update: ViewUpdate): void {
    this.decorations = matcher.updateDeco(update, this.decorations);
  }
}

export const colours: Extension = ViewPlugin.fromClass(Colours, { decorations: (plugin) => plugin.decorations });
