// What a reader would stumble over on the open page: a list of sentences, empty where nothing is wrong.
() => {
  const found = [];
  const shown = (element) => element.checkVisibility();
  const words = (element) => element.innerText.trim().replace(/\s+/g, " ");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (what, elements) => elements.slice(0, 5).forEach((one) => found.push(`${what}: ${one}`));

  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`runs ${wide} px off a screen of ${innerWidth}`);

  // Texts of the program itself; data is the company's own, a table to edit has the company's own heads.
  const chrome = ".sl-nl, .sl-tabbar a, .sl-tabs a, h2, button, .btn, label, legend, th, summary, dt, .sl-empty";
  const own = ".sl-grid *, .sl-dt *, .sl-opts *, .sl-ticks *, [data-own] *, .sl-paper *, .sl-function *, .sl-examples *";
  const texts = all(chrome).filter((one) => shown(one) && !one.matches(own)).map(words);
  const names = /^(Excel|Word|PDF|JSON|form-js|SHA-256|English|BPMN|DMN|Webhook|FEEL|[\d\s·+-]|\W)*$/;
  const strange = document.documentElement.lang.startsWith("en")
    ? (text) => /[\u4e00-\u9fff]/.test(text) && text !== "中文"
    : (text) => /[a-z]{3}/i.test(text) && !/[\u4e00-\u9fff]/.test(text) && !names.test(text);
  say("another language", [...new Set(texts.filter(strange))]);
  say("a key", texts.filter((text) => /^[a-z]+([_.][a-z]+)+$/.test(text)));

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const raw = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const holder = walker.currentNode.parentElement;
    if (!holder || !shown(holder) || holder.closest("code, pre, textarea, option, .sl-examples, .cm-editor")) continue;
    if (/\{\{|\}\}|\{%|%\}|%\(\w+\)s|\[object |\bundefined\b|<\/?(svg|g|p|a|b|div|span)\b/.test(text) || /^(None|null|NaN)$/.test(text)) raw.push(text);
    if (parseFloat(getComputedStyle(holder).fontSize) < 11.9 && !holder.closest("svg, .sl-phases, .visually-hidden, .djs-container")) {
      raw.push(`too small: ${text}`);
    }
  }
  say("raw", raw);

  const named = (one) => one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.title;
  const inputs = all("input:not([type=hidden], [type=submit]), select, textarea").filter((one) => !one.closest(".djs-container, .cm-editor"));
  say("no label", inputs.filter((one) => !(one.labels && one.labels.length) && !named(one)).map((one) => one.name || one.outerHTML));
  say("no alternative", all("img:not([alt])").map((one) => one.src));
  say("no name", all("button, a[href]").filter((one) => shown(one) && !one.ariaHidden && !one.textContent.trim() && !named(one)).map((one) => one.outerHTML));
  const ids = all("[id]").map((one) => one.id);
  say("one id twice", ids.filter((id, at) => ids.indexOf(id) !== at));
  return found;
}
