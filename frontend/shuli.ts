/** The script of every page: htmx and the islands. Each island finds its own HTML and works alone. */
import htmx from "htmx.org";
import * as diagram from "./islands/diagram";
import * as figures from "./islands/figures_live";
import * as form from "./islands/form";
import * as live from "./islands/live";
import * as picture from "./islands/picture";
import * as shell from "./islands/shell";

function mount(root: ParentNode): void {
  figures.mount(root); // first: it compares with what the server sent
  shell.mount(root);
  form.mount(root);
  diagram.mount(root);
  live.mount(root);
  picture.mount(root);
}

// htmx announces the whole page first, later every part that it brought
htmx.onLoad((part) => mount(part instanceof Element ? part : document));
