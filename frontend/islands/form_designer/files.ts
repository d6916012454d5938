/** Takes in a form from a file, ours or form-js's, as one step that can be taken back. */
import { csrfToken } from "../../attach";
import type { Design } from "./design";
import { tell } from "./saving";
import type { Part, Start } from "./types";

interface Answer {
  form?: Part;
  notes?: string[];
  error?: { message?: string };
}

export function attachFiles(host: HTMLElement, design: Design, start: Start): void {
  const input = host.querySelector<HTMLInputElement>("[data-import]");
  input?.addEventListener("change", async () => {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    const body = new FormData();
    body.append("file", file);
    const reply = await fetch(start.urls.import, { method: "POST", body, headers: { "X-CSRFToken": csrfToken(), Accept: "application/json" } }).catch(() => undefined);
    const answer = (await reply?.json().catch(() => undefined)) as Answer | undefined;
    if (!answer?.form) return tell(host, answer?.error?.message ?? start.words.offline ?? "");
    const { form } = answer;
    design.change(() => {
      // steps name the form by its key
      design.form = { ...form, key: start.form.key ?? "" };
      design.chosen = "";
    });
    tell(host, start.words.taken ?? "", answer.notes);
  });
}
