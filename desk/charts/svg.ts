// What the charts share: elements of SVG, words of the page, a button that saves a chart as a file.

const SVG = "http://www.w3.org/2000/svg";

/** An element of SVG with its attributes. */
export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string | number> = {}, words = ""): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (words) made.textContent = words;
  return made;
}

/** JSON that the page holds. */
export function held<T>(id: string): T | null {
  const found = document.getElementById(id)?.textContent;
  return found ? (JSON.parse(found) as T) : null;
}

/** The words of the page, by key. */
export function words(): (key: string) => string {
  const known = held<Record<string, string>>("strings") ?? {};
  return (key) => known[key] ?? key;
}

/** A colour and a mark for each of so many, always in this order. */
export const COLOURS = [1, 2, 3, 4, 5, 6].map((n) => `var(--series-${n})`);

/** So many can be told apart by their colour and their mark together. */
export const MARKS = 36;

/** A colour for each of so many, in an order that never changes. */
export function colour(n: number): string {
  return COLOURS[n % COLOURS.length] ?? "currentColor";
}

/** The outline of a small mark around a point; with its colour another one for each number. */
export function mark(n: number, x: number, y: number, size = 5): string {
  const s = size;
  const shapes = [
    `M${x - s},${y}a${s},${s} 0 1,0 ${2 * s},0a${s},${s} 0 1,0 ${-2 * s},0Z`,
    `M${x - s},${y - s}h${2 * s}v${2 * s}h${-2 * s}Z`,
    `M${x},${y - s - 1}l${s + 1},${2 * s}h${-2 * s - 2}Z`,
    `M${x},${y - s - 1}l${s + 1},${s + 1}l${-s - 1},${s + 1}l${-s - 1},${-s - 1}Z`,
    `M${x - s},${y - s + 2}l${s},${2 * s - 1}l${s},${-2 * s + 1}Z`,
    `M${x - s - 1},${y - 1.5}h${s - 0.5}v${-s + 0.5}h3v${s - 0.5}h${s - 0.5}v3h${-s + 0.5}v${s - 0.5}h-3v${-s + 0.5}h${-s + 0.5}Z`,
  ];
  return shapes[(n + Math.floor(n / COLOURS.length)) % shapes.length] ?? "";
}

/** Draws now, and anew when the room for it is another one; the same room gives the same drawing. */
export function fitted(figure: HTMLElement, draw: (width: number) => void): void {
  let drawn = 0;
  const look = (): void => {
    const width = Math.round(Math.min(1440, Math.max(300, figure.clientWidth)));
    if (Math.abs(width - drawn) < 8) return;
    drawn = width;
    draw(width);
  };
  figure.hidden = false;
  look();
  new ResizeObserver(look).observe(figure);
}

/** Words in lines of at most so many characters; a longer word has a line of its own. */
export function lines(words: string, longest: number): string[] {
  const found: string[] = [];
  for (const word of words.split(" ")) {
    const last = found.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= longest) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found;
}

/** A button that saves a drawing as it looks now, with lines of words and their marks below it, so that the file can be read by itself. */
export function saving(drawing: SVGSVGElement, name: string, label: string, below: { words: string; sign?: SVGElement }[] = []): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = label;
  button.addEventListener("click", () => {
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    copy.setAttribute("xmlns", SVG);
    const originals = drawing.querySelectorAll<SVGElement>("text, .axis line, .axis path");
    copy.querySelectorAll<SVGElement>("text, .axis line, .axis path").forEach((part, n) => {
      const original = originals[n];
      if (!original) return;
      const look = getComputedStyle(original);
      if (part.tagName !== "text") part.setAttribute("stroke", look.stroke);
      else for (const property of ["fill", "font-size", "font-weight", "font-family"]) part.setAttribute(property, look.getPropertyValue(property));
    });
    const page = getComputedStyle(document.documentElement);
    const [width, height] = [Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
    let end = height + 12;
    for (const { words, sign } of below) {
      if (sign) {
        const shown = sign.cloneNode(true) as SVGElement;
        shown.setAttribute("transform", `translate(4,${end})`);
        copy.append(shown);
      }
      for (const line of lines(words, Math.floor((width - 32) / 6.5))) {
        copy.append(svg("text", { x: sign ? 26 : 4, y: end + 12, fill: "var(--text)", "font-size": "12px", "font-family": page.fontFamily }, line));
        end += 18;
      }
    }
    copy.setAttribute("viewBox", `0 0 ${width} ${end}`);
    copy.setAttribute("height", String(end));
    copy.prepend(svg("rect", { width, height: end, fill: "var(--surface)" }));
    const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[a-z0-9-]+)\)/g, (_, property: string) => page.getPropertyValue(property).trim());
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  return button;
}
