/** The script of pages on which expressions and decision tables are written. */
import * as table from "./islands/decision_table";
import * as feel from "./islands/feel_editor";
import * as designer from "./islands/form_designer";

// the table first: it makes the field in which the present cell is written
table.mount(document);
feel.mount(document);
designer.mount(document);
// a part of a page that came with fields for FEEL says so
document.addEventListener("sl:feel", (event) => event.target instanceof Element && feel.mount(event.target));
// whoever makes fields for expressions later says so
document.addEventListener("sl:brought", (event) => {
  if (event.target instanceof Element) feel.mount(event.target);
});
