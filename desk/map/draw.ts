// Small helpers for building nodes: text only ever goes in as a text node, attributes only from names of ours.

const SVG = "http://www.w3.org/2000/svg";
type Attributes = Record<string, string | number>;

export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: (Node | string)[]): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, name) as SVGElementTagNameMap[K], attributes, children);
}

export function html<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, children);
}

function filled<E extends Element>(node: E, attributes: Attributes, children: (Node | string)[]): E {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** Round for what is agreed, a diamond for what is disputed: told apart without colour. */
export function glyph(contested: boolean, radius: number): string {
  const r = contested ? radius * 1.3 : radius;
  return contested ? `M0,${-r}L${r},0L0,${r}L${-r},0Z` : `M${r},0A${r},${r} 0 1 1 ${-r},0A${r},${r} 0 1 1 ${r},0Z`;
}

let patterns = 0;

/** A hatch to fill with, and the url() that names it. */
export function hatch(): { defs: SVGDefsElement; fill: string } {
  const id = `sayso-hatch-${(patterns += 1)}`;
  const line = svg("path", { d: "M0,0V6", class: "hatch" });
  return { defs: svg("defs", {}, svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, line)), fill: `url(#${id})` };
}
