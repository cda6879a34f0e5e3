/* Which words two texts share, to mark what a recompile changed. */

const MOST_WORDS = 400;

/** Pieces [kind, text] with kind "same", "del" or "ins" that lead from one text to the other. */
export function pieces(before, after) {
  const a = words(before);
  const b = words(after);
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return joined([["del", before], ["ins", after]]);
  const length = commonLengths(a, b);
  const found = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push(["same", a[i++]]);
      j++;
    } else if (j === b.length || (i < a.length && length[i + 1][j] >= length[i][j + 1])) {
      found.push(["del", a[i++]]);
    } else {
      found.push(["ins", b[j++]]);
    }
  }
  return joined(found);
}

/** Fill two elements with a text each, what differs in <del> and <ins>. */
export function showDiff(beforeElement, afterElement, before, after) {
  const all = pieces(before, after);
  const nodes = (kind, tag) => all.filter(([k]) => k === "same" || k === kind).map(([k, text]) => {
    if (k === "same") return document.createTextNode(text);
    const node = document.createElement(tag);
    node.textContent = text;
    return node;
  });
  beforeElement.replaceChildren(...nodes("del", "del"));
  afterElement.replaceChildren(...nodes("ins", "ins"));
}

function words(text) {
  return text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
}

/* length[i][j]: words that a from i and b from j have in common, in order. */
function commonLengths(a, b) {
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i][j] = a[i] === b[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  return length;
}

function joined(found) {
  const all = [];
  for (const [kind, text] of found) {
    if (text === "") continue;
    if (all.length && all.at(-1)[0] === kind) all.at(-1)[1] += text;
    else all.push([kind, text]);
  }
  return all;
}
