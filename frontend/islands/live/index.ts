/**
 * Keeps the counts in navigation and bell up to date while the page is looked at.
 *
 *   <body data-live-url="/live/">
 *   <span class="sl-n" data-count="inbox">9</span>
 *   <a data-count-label="unread" aria-label="Notifications, 2 unread">
 *
 * The server answers {"counts": {"inbox": 9, "unread": 2}, "labels": {"unread": "Notifications, 2 unread"}}.
 */
import { each } from "../../attach";

const EVERY = 30_000; // milliseconds

interface Answer {
  counts: Record<string, number>;
  labels: Record<string, string>;
}

function show(answer: Answer): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-count]")) {
    const count = answer.counts[place.dataset.count ?? ""];
    if (count !== undefined) place.textContent = count > 0 ? String(count) : "";
  }
  for (const place of document.querySelectorAll<HTMLElement>("[data-count-label]")) {
    const label = answer.labels[place.dataset.countLabel ?? ""];
    if (label !== undefined) place.setAttribute("aria-label", label);
  }
}

async function ask(url: string): Promise<void> {
  if (document.visibilityState !== "visible") return;
  try {
    const reply = await fetch(url, { headers: { Accept: "application/json" }, redirect: "error" });
    if (reply.ok) show((await reply.json()) as Answer);
  } catch {
    // the server is away or the person is signed out: the next page says so
  }
}

export function mount(root: ParentNode): void {
  each<HTMLElement>(root, "body[data-live-url]", (body) => {
    const url = body.dataset.liveUrl ?? "";
    setInterval(() => void ask(url), EVERY);
    document.addEventListener("visibilitychange", () => void ask(url));
  });
}
