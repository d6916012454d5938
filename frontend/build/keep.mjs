// Leaves out of a style sheet every rule for a class that nobody uses.

/** Return the lines of a list file without comments. */
export function readPatterns(text) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
}

/** Return the style sheet with only those class rules whose every class fits a pattern. */
export function keepClasses(css, patterns) {
  const wanted = new RegExp(`^(?:${patterns.join("|")})$`);
  return blocks(css.replace(/\/\*[\s\S]*?\*\//g, "")).map((block) => kept(block, wanted)).join("");
}

function kept({ head, body }, wanted) {
  if (body === null || /^@(font-face|property|charset)/.test(head)) return body === null ? head : `${head}{${body}}`;
  if (/^@(-webkit-)?keyframes/.test(head)) return "";
  if (head.startsWith("@")) {
    const inner = blocks(body).map((block) => kept(block, wanted)).join("");
    return inner ? `${head}{${inner}}` : "";
  }
  const selectors = splitSelectors(head).filter((selector) => isWanted(selector, wanted));
  return selectors.length ? `${selectors.join(",")}{${body}}` : "";
}

function isWanted(selector, wanted) {
  const classes = selector.match(/\.(?:\\.|[\w-])+/g) ?? [];
  return classes.every((name) => wanted.test(name.slice(1)));
}

/** Split `a,b:is(c,d)` at the commas outside brackets. */
function splitSelectors(head) {
  const parts = [""];
  let depth = 0;
  for (const sign of head) {
    if (sign === "(" || sign === "[") depth += 1;
    if (sign === ")" || sign === "]") depth -= 1;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

/** Cut a style sheet into its outermost blocks; a statement such as `@import …;` has no body. */
function blocks(css) {
  const found = [];
  let start = 0;
  let at = 0;
  while (at < css.length) {
    if (css[at] === ";") {
      found.push({ head: css.slice(start, at + 1).trim(), body: null });
      start = at + 1;
    } else if (css[at] === "{") {
      const end = closing(css, at);
      found.push({ head: css.slice(start, at).trim(), body: css.slice(at + 1, end) });
      at = end;
      start = end + 1;
    } else if (css[at] === '"' || css[at] === "'") {
      at = css.indexOf(css[at], at + 1);
    }
    at += 1;
  }
  return found;
}

function closing(css, open) {
  let depth = 0;
  for (let at = open; at < css.length; at += 1) {
    const sign = css[at];
    if (sign === "\\") at += 1;
    else if (sign === '"' || sign === "'") at = endOfText(css, at);
    else if (sign === "{") depth += 1;
    else if (sign === "}" && --depth === 0) return at;
  }
  throw new Error(`Expected a closing brace for the block at ${open} but found the end of the style sheet.`);
}

function endOfText(css, open) {
  for (let at = open + 1; at < css.length; at += 1) {
    if (css[at] === "\\") at += 1;
    else if (css[at] === css[open]) return at;
  }
  throw new Error(`Expected a closing quote for the text at ${open} but found the end of the style sheet.`);
}
