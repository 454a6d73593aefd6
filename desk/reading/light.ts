// The text cut anew at the borders of what one claim points at; the same as the server does for a page without scripts.

/** By claim, what it points at: first character, end, part. Characters are code points, as everywhere in sayso. */
export type Marks = Record<string, [number, number, string][]>;

/** What of a text is no paragraph: first character, end, kind. */
export type Blocks = [number, number, string][];

/** Mark in a text what a claim points at, and under it the evidence of all others but those that are `out`. */
export function light(text: HTMLElement, marks: Marks, blocks: Blocks, id: string, out: ReadonlySet<string>): void {
  const characters = [...(text.textContent ?? "")];
  const counting = Object.entries(marks).filter(([claim]) => claim === id || !out.has(claim));
  const evidence = counting.flatMap(([claim, list]) => list.filter((m) => m[2] === "evidence").map((m) => ({ claim, start: m[0], end: m[1] })));
  const parts = (marks[id] ?? []).filter((m) => m[2] !== "evidence");
  const borders = new Set([0, characters.length]);
  for (const { start, end } of evidence) borders.add(start).add(end);
  for (const [start, end] of [...parts, ...blocks]) borders.add(start).add(end);
  const sorted = [...borders].filter((place) => place <= characters.length).sort((a, b) => a - b);
  const nodes: Node[] = [];
  sorted.slice(0, -1).forEach((start, n) => {
    const end = sorted[n + 1] ?? start;
    const words = characters.slice(start, end).join("");
    const over = [...new Set(evidence.filter((m) => m.start <= start && end <= m.end).map((m) => m.claim))];
    const told = [...new Set(parts.filter((m) => m[0] <= start && end <= m[1]).map((m) => m[2]))];
    const block = blocks.find((m) => m[0] <= start && end <= m[1]);
    if (!over.length && !told.length && !block) {
      nodes.push(document.createTextNode(words));
      return;
    }
    const node = document.createElement(over.length && words.trim() ? "a" : "span");
    node.textContent = words;
    for (const part of told) node.classList.add(`part-${part}`);
    if (block) node.classList.add(`block-${block[2]}`);
    if (node instanceof HTMLAnchorElement) {
      const last = over[over.length - 1] ?? "";
      node.href = `${location.pathname}?claim=${last}#claim-${last}`;
      node.tabIndex = -1;
      node.classList.add("said", `tiers-${Math.min(3, over.length)}`);
      node.dataset.claims = over.join(" ");
    }
    if (over.includes(id)) node.classList.add("chosen");
    nodes.push(node);
  });
  text.replaceChildren(...nodes);
  const lit = text.querySelector<HTMLElement>(".chosen");
  if (!lit) return;
  const box = text.getBoundingClientRect();
  const place = lit.getBoundingClientRect();
  if (text.scrollHeight > text.clientHeight && (place.top < box.top || place.bottom > box.bottom)) text.scrollTop += place.top - box.top - box.height / 3;
}
