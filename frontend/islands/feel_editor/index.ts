/**
 * Makes a field for FEEL an editor: colours, completion, errors at their places, the value of what is written.
 * Without script it stays the plain field that it is; with it, the field still carries what is sent.
 *
 *   <textarea data-feel data-check="/feel/check/" data-functions="/feel/functions.json" data-feel-kind="tests"
 *             data-feel-scope="scope" data-feel-values="values" id="source"></textarea>
 *   <script type="application/json" id="scope">[{"name": "amount", "type": "number", "label": "Amount"}]</script>
 *   <div data-feel-answer="source" data-empty="The result appears here."></div>
 *
 * Whoever writes into the field by script tells the editor by the event `sl:set`.
 */
import { each } from "../../attach";
import { makeEditor } from "./editor";

export function mount(root: ParentNode): void {
  each<HTMLTextAreaElement>(root, "textarea[data-feel]", makeEditor);
}
