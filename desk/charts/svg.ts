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

/** The outline of a small mark around a point, another one for each number. */
export function mark(n: number, x: number, y: number, size = 5): string {
  const s = size;
  const shapes = [
    `M${x - s},${y}a${s},${s} 0 1,0 ${2 * s},0a${s},${s} 0 1,0 ${-2 * s},0Z`,
    `M${x - s},${y - s}h${2 * s}v${2 * s}h${-2 * s}Z`,
    `M${x},${y - s - 1}l${s + 1},${2 * s}h${-2 * s - 2}Z`,
    `M${x},${y - s - 1}l${s + 1},${s + 1}l${-s - 1},${s + 1}l${-s - 1},${-s - 1}Z`,
    `M${x - s},${y - s + 2}l${s},${2 * s - 1}l${s},${-2 * s + 1}Z`,
    `M${x - s},${y}h${2 * s}M${x},${y - s}v${2 * s}`,
  ];
  return shapes[n % shapes.length] ?? "";
}

/** A button that saves a drawing as it looks now. */
export function saving(drawing: SVGSVGElement, name: string, label: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = label;
  button.addEventListener("click", () => {
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    copy.setAttribute("xmlns", SVG);
    const styles = getComputedStyle(document.documentElement);
    const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[a-z0-9-]+)\)/g, (_, property: string) => styles.getPropertyValue(property).trim());
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  return button;
}
