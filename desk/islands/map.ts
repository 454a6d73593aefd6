// <figure data-island="map" data-src="incidents.geojson" data-shapes="/static/shapes/" data-rule="neutral">: incidents as the areas in which they may have been.
//
// In: the figure's attributes, the GeoJSON and three files of shapes; nothing else is asked of any network. Out: an SVG with a link an incident in the order of
// days, buttons, keys, a legend. A place that is told only as a country is no point of it: its incidents stand as a hatched list at the country's name.
import { geoBounds, geoCentroid, geoCircle, geoMercator, geoPath, type GeoPath, type GeoProjection } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import type { Feature, Geometry, MultiLineString, MultiPoint, Position } from "geojson";
import { glyph, hatch, html, svg } from "../map/draw";
import { incidentsOf, precisionWords, type Incident } from "../map/incidents";
import style from "../map/map.css?inline";
import { areaName, lineClass, ruleOf, ruleWords, type Rule } from "../map/rule";
import { countriesByCode, shapesFrom, type CountryTold, type Shapes } from "../map/shapes";

const EARTH_KM = 111.195; // a degree of latitude
const SMALL = 7; // pixels: an area with less across is shown by a ring, or nobody would see it
const FARTHEST = 60;
const CLOSEST = 22; // pixels a radian, for each of width: 2.6 degrees across at first, or a single town would fill the map with nothing
const STEP = 1.6;
const PAN = 80;
const SPACE = 16; // pixels between the rings of a country's list
const IN_A_ROW = 6;
const LINE_WORDS: Record<string, string> = {
  international: "border",
  disputed: "disputed line",
  control: "line of control",
  indefinite: "indefinite border",
  breakaway: "line of a breakaway area",
  claim: "limit of a claim",
};

interface Mark {
  one: Incident;
  link: SVGAElement;
  area: SVGPathElement | null;
  glyph: SVGGElement;
  centre: [number, number] | null; // degrees
  size: number; // pixels across at scale 1
  listed: { country: string; place: number } | null;
}

class MapIsland {
  private readonly rule: Rule;
  private readonly countries: Map<string, CountryTold>;
  private readonly marks: Mark[];
  private readonly lists = new Map<string, { count: number; at: [number, number] | null }>();
  private readonly frame = html("div", { class: "frame" });
  private readonly hint = html("p", { class: "hint" });
  private readonly picture = svg("svg", { tabindex: 0, role: "group" });
  private readonly world = svg("g", { class: "world" });
  private readonly names = svg("g", { class: "names", "aria-hidden": "true" });
  private readonly boxes = svg("g");
  private readonly points = svg("g");
  private readonly hatching = hatch();
  private readonly zooming = zoom<SVGSVGElement, unknown>();
  private projection: GeoProjection = geoMercator();
  private transform: ZoomTransform = zoomIdentity;
  private width = 0;
  private height = 0;

  constructor(
    private readonly figure: HTMLElement,
    private readonly shapes: Shapes,
    incidents: Incident[],
  ) {
    this.rule = ruleOf(figure.dataset["rule"]);
    this.countries = countriesByCode(shapes);
    const placed = incidents.filter((one) => one.geometry || this.countries.has(one.country));
    this.marks = placed.map((one) => this.mark(one));
    this.build(incidents.filter((one) => !placed.includes(one)));
    const box = new ResizeObserver(() => this.resize());
    box.observe(this.frame);
    this.resize();
  }

  private countryName = (code: string): string => this.countries.get(code)?.name ?? code;

  private words(one: Incident): string {
    const where = !one.geometry ? `${this.countryName(one.country)}, place not told more closely` : precisionWords(one);
    const kind = one.label.toLowerCase().includes(one.type.toLowerCase()) ? "" : one.type;
    return [one.day || "no day", one.label, kind, where, one.disputed ? "disputed" : "", one.background ? "background" : ""].filter(Boolean).join(" · ");
  }

  private mark(one: Incident): Mark {
    const exact = one.geometry?.type === "Point" && !one.radius;
    const classes = ["mark", one.disputed ? "contested" : "", one.background ? "past" : "", exact ? "exact" : ""].filter(Boolean).join(" ");
    const link = svg("a", { class: classes, "aria-label": this.words(one) });
    if (one.href) link.setAttribute("href", one.href);
    else link.setAttribute("tabindex", "0");
    const shape = areaOf(one);
    const area = shape && !exact ? svg("path", { class: "area" }) : null;
    const sign = svg("g", {}, svg("path", { class: "hit", d: glyph(false, 12) }), svg("path", { class: "halo", d: glyph(one.disputed, 5) }));
    sign.append(svg("path", { class: "glyph", d: glyph(one.disputed, 5) }), svg("path", { class: "focus", d: glyph(false, 10) }));
    if (area) link.append(area);
    link.append(sign);
    let listed: Mark["listed"] = null;
    if (!shape) {
      const list = this.lists.get(one.country) ?? { count: 0, at: null };
      listed = { country: one.country, place: list.count };
      list.count += 1;
      this.lists.set(one.country, list);
    }
    const mark: Mark = { one, link, area, glyph: sign, centre: shape ? geoCentroid(shape) : null, size: 0, listed };
    link.addEventListener("focus", () => {
      this.say([one]);
      if (link.matches(":focus-visible")) this.intoView(mark);
    });
    link.addEventListener("blur", () => this.say([]));
    return mark;
  }

  private build(unplaced: Incident[]): void {
    const { figure, picture } = this;
    figure.classList.add("sayso-map");
    picture.setAttribute("aria-label", `Map of ${this.marks.length} incidents. Plus, minus and arrow keys zoom and move it, 0 shows all again, Tab goes through the incidents by day.`);
    picture.append(this.hatching.defs, this.world, this.names, this.boxes, this.points);
    this.points.append(...this.marks.map(({ link }) => link));
    const buttons = html("div", { class: "buttons" });
    const offered: [string, string, () => void][] = [
      ["+", "Zoom in", () => this.scale(STEP)],
      ["−", "Zoom out", () => this.scale(1 / STEP)],
      ["0", "Show all incidents", () => this.reset()],
    ];
    for (const [sign, words, act] of offered) {
      const button = html("button", { type: "button", "aria-label": words, title: words }, sign);
      button.addEventListener("click", act);
      buttons.append(button);
    }
    this.frame.append(picture, buttons);
    for (const old of figure.querySelectorAll<HTMLElement>("[data-fallback]")) old.hidden = true;
    figure.prepend(this.frame, this.hint, this.legend(), ...(unplaced.length ? [this.unplaced(unplaced)] : []));

    this.zooming.scaleExtent([0.02, FARTHEST]).on("zoom", (event: { transform: ZoomTransform }) => {
      this.transform = event.transform;
      this.place();
    });
    // The wheel scrolls the page until the map has the focus, or Control is held.
    this.zooming.filter((event: Event) => {
      if (event instanceof WheelEvent) return event.ctrlKey || this.picture.matches(":focus, :focus-within");
      return !(event instanceof MouseEvent && event.button) && !(window.TouchEvent && event instanceof TouchEvent && event.touches.length < 2);
    });
    select(picture).call(this.zooming);
    picture.addEventListener("keydown", (event) => this.key(event));
    picture.addEventListener("pointermove", (event) => this.say(this.under(event).map(({ one }) => one)));
    picture.addEventListener("pointerleave", () => this.say([]));
    picture.addEventListener("click", (event) => this.click(event), true);
  }

  /** What is under the pointer, the smallest first: a province must not bar the way to the town in it. */
  private under(event: MouseEvent): Mark[] {
    const links = new Set(document.elementsFromPoint(event.clientX, event.clientY).map((node) => node.closest("a")));
    return this.marks.filter(({ link }) => links.has(link as unknown as HTMLAnchorElement)).sort((a, b) => a.size - b.size);
  }

  private click(event: MouseEvent): void {
    if (!event.isTrusted) return;
    const first = this.under(event)[0];
    if (!first || first.link.contains(event.target as Node)) return;
    event.preventDefault();
    event.stopPropagation();
    first.link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey }));
  }

  private say(incidents: Incident[]): void {
    const shown = incidents.slice(0, 3).map((one) => this.words(one));
    if (incidents.length > 3) shown.push(`and ${incidents.length - 3} more here`);
    this.hint.textContent = shown.join("  |  ");
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moves: Record<string, [number, number]> = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };
    const move = moves[event.key];
    if (move) this.set(zoomIdentity.translate(this.transform.x + move[0], this.transform.y + move[1]).scale(this.transform.k));
    else if (event.key === "+" || event.key === "=") this.scale(STEP);
    else if (event.key === "-") this.scale(1 / STEP);
    else if (event.key === "0") this.reset();
    else return;
    event.preventDefault();
  }

  // At once, without a glide: nothing here moves by itself, whether or not less motion is asked for.
  private set(to: ZoomTransform): void {
    select(this.picture).call(this.zooming.transform, to);
  }

  private scale(by: number): void {
    select(this.picture).call(this.zooming.scaleBy, by);
  }

  private reset(): void {
    this.set(zoomIdentity);
  }

  private intoView(mark: Mark): void {
    const at = this.spot(mark);
    if (!at || (at[0] > 0 && at[0] < this.width && at[1] > 0 && at[1] < this.height)) return;
    this.set(zoomIdentity.translate(this.transform.x + this.width / 2 - at[0], this.transform.y + this.height / 2 - at[1]).scale(this.transform.k));
  }

  private resize(): void {
    const width = Math.round(this.frame.clientWidth);
    if (!width || width === this.width) return;
    this.width = width;
    this.height = Math.round(Math.min(Math.max(width * 0.58, 320), 820));
    this.picture.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.picture.setAttribute("height", String(this.height));
    this.zooming.extent([[0, 0], [this.width, this.height]]);
    this.fit();
    this.set(zoomIdentity);
  }

  /** Project so that all incidents are in sight; the world where there are none. */
  private fit(): void {
    const corners: Position[] = this.marks.flatMap((mark) => {
      const shape = areaOf(mark.one);
      return shape ? geoBounds(shape).map((at) => at as Position) : [this.countries.get(mark.one.country)!.at as Position];
    });
    const middle = corners.length ? geoCentroid({ type: "MultiPoint", coordinates: corners }) : ([0, 0] as [number, number]);
    const turn = corners.length && geoBounds({ type: "MultiPoint", coordinates: corners })[0][0] > geoBounds({ type: "MultiPoint", coordinates: corners })[1][0] ? -middle[0] : 0;
    const all: MultiPoint = { type: "MultiPoint", coordinates: corners.length ? corners : [[-170, -55], [175, 75]] };
    const pad = Math.min(60, this.width / 10);
    this.projection = geoMercator().rotate([turn, 0]).fitExtent([[pad, pad], [this.width - pad, this.height - pad]], all);
    const closest = this.width * CLOSEST;
    if (this.projection.scale() > closest) this.projection.scale(closest).center([0, 0]).translate(recentred(this.projection, middle, this.width, this.height));
    const path = geoPath(this.projection).digits(2);
    this.drawWorld(path);
    const twins = new Map<string, Mark[]>();
    for (const mark of this.marks) {
      const shape = areaOf(mark.one);
      if (!shape) continue;
      const [[left, top], [right, bottom]] = path.bounds(shape);
      mark.size = mark.one.radius || shape.type !== "Point" ? Math.max(right - left, bottom - top) : 0;
      mark.area?.setAttribute("d", path(shape) ?? "");
      const at = mark.centre!.map((x) => x.toFixed(3)).join();
      twins.set(at, [...(twins.get(at) ?? []), mark]);
    }
    for (const same of twins.values()) this.count(same);
  }

  /** Several incidents at one place: how many stands beside the first sign. */
  private count(same: Mark[]): void {
    for (const mark of same) mark.glyph.querySelector(".count")?.remove();
    if (same.length > 1) same.at(-1)!.glyph.append(svg("text", { class: "count", x: 9, y: 4 }, `×${same.length}`));
  }

  private drawWorld(path: GeoPath): void {
    const lines = new Map<string, MultiLineString>();
    for (const border of this.shapes.borders) {
      const kind = lineClass(border.properties, this.rule);
      if (kind === "none") continue;
      if (!lines.has(kind)) lines.set(kind, { type: "MultiLineString", coordinates: [] });
      lines.get(kind)!.coordinates.push(border.geometry.coordinates);
    }
    const drawn: Node[] = [svg("path", { class: "land", d: path(this.shapes.land) ?? "" })];
    for (const { geometry } of this.shapes.disputed) {
      if (geometry.type !== "Point" && this.rule.kind !== "viewpoint") drawn.push(svg("path", { class: "claimed", d: path(geometry) ?? "" }));
    }
    for (const [kind, line] of lines) drawn.push(svg("path", { class: `line ${kind}`, d: path(line) ?? "" }));
    this.world.replaceChildren(...drawn);
  }

  private spot(mark: Mark): [number, number] | null {
    if (!mark.listed) {
      const projected = this.projection(mark.centre!);
      return projected && this.transform.apply(projected);
    }
    const { count, at } = this.lists.get(mark.listed.country)!;
    if (!at) return null;
    const [x, y] = at;
    const wide = Math.min(count, IN_A_ROW);
    return [x + ((mark.listed.place % IN_A_ROW) - (wide - 1) / 2) * SPACE, y + Math.floor(mark.listed.place / IN_A_ROW) * SPACE];
  }

  /** Put everything where the zoom has it: areas grow with the map, signs and words do not. */
  private place(): void {
    const { k } = this.transform;
    const moved = this.transform.toString();
    const taken = this.placeLists();
    this.world.setAttribute("transform", moved);
    for (const mark of this.marks) {
      const at = this.spot(mark);
      if (!at) continue;
      const small = mark.size * k < SMALL * 2;
      mark.area?.setAttribute("transform", moved);
      mark.area?.setAttribute("display", small ? "none" : "inline"); // a speck in the ring would look like a point
      mark.glyph.setAttribute("transform", `translate(${at[0].toFixed(1)},${at[1].toFixed(1)})`);
      // An area that can be seen needs no sign, which would look like a point; a disputed one keeps its diamond on the edge.
      const hidden = !small && !!mark.area && !mark.one.disputed;
      for (const part of mark.glyph.querySelectorAll(".glyph, .halo, .hit")) part.setAttribute("display", hidden ? "none" : "inline");
      if (!small && mark.area && mark.one.disputed) {
        mark.glyph.setAttribute("transform", `translate(${at[0].toFixed(1)},${(at[1] - (mark.size * k) / 2).toFixed(1)})`);
      }
    }
    this.placeNames(taken);
  }

  /** The countries' lists, near the countries' names where nothing else stands. */
  private placeLists(): Box[] {
    const taken: Box[] = [{ left: this.width - 52, right: this.width, top: 0, bottom: 128 }]; // the buttons
    const signs = this.marks.filter(({ listed, centre }) => !listed && centre).map((mark) => around(this.spot(mark) ?? [-99, -99], 8));
    const inside = (at: number, half: number, all: number): number => (at < 0 || at > all ? at : Math.min(Math.max(at, half + 4), all - half - 4));
    this.boxes.replaceChildren();
    for (const [code, list] of this.lists) {
      const country = this.countries.get(code)!;
      const projected = this.projection(country.at);
      if (!projected) continue;
      const words = this.width < 480 ? country.name : `${country.name}: place not told`;
      const wide = Math.max(Math.min(list.count, IN_A_ROW) * SPACE, words.length * 6) + 12;
      const high = Math.ceil(list.count / IN_A_ROW) * SPACE + 26;
      const [right, down] = this.transform.apply(projected);
      const [x, y] = [inside(right, wide / 2, this.width), inside(down, high / 2, this.height)];
      const shifts = [0, 1, -1, 2, -2].flatMap((up) => [0, 1, -1].map((across): [number, number] => [across * wide * 0.7, up * high]));
      const boxes = shifts.map(([dx, dy]) => around([inside(x + dx, wide / 2, this.width), inside(y + dy, high / 2, this.height)], wide / 2, high / 2));
      const costs = boxes.map((box, n) => n + 100 * taken.filter((other) => overlap(box, other)).length + 20 * signs.filter((other) => overlap(box, other)).length);
      const best = boxes[costs.indexOf(Math.min(...costs))]!;
      list.at = [(best.left + best.right) / 2, best.top + 6 + SPACE / 2];
      const corner = { x: best.left, y: best.top, width: wide, height: high, rx: 3 };
      const label = svg("text", { class: "told", x: list.at[0], y: best.bottom - 7 }, words);
      this.boxes.append(svg("rect", { ...corner, class: "box" }), svg("rect", { ...corner, class: "hatched", fill: this.hatching.fill }), label);
      taken.push(best);
    }
    taken.push(...signs);
    return taken;
  }

  /** Names, the disputed first, as far as there is room. */
  private placeNames(taken: Box[]): void {
    this.names.replaceChildren();
    const contested = new Set<string>();
    const wanted: { at: [number, number]; words: string; kind: string; room: number }[] = [];
    for (const { geometry, properties } of this.shapes.disputed) {
      contested.add(properties.name);
      if (geometry.type === "Point") wanted.push({ at: geometry.coordinates as [number, number], words: areaName(properties, this.rule), kind: "contested", room: 0 });
    }
    const path = geoPath(this.projection);
    for (const one of this.shapes.countries) {
      if (contested.has(one.properties.name) || this.lists.has(one.properties.code)) continue;
      const [[left], [right]] = this.bounds(one, path);
      wanted.push({ at: one.properties.at, words: one.properties.name, kind: "", room: (right - left) * this.transform.k });
    }
    for (const { at, words, kind, room } of wanted) {
      const projected = this.projection(at);
      if (!projected) continue;
      const [across, y] = this.transform.apply(projected);
      const half = words.length * 3.1;
      if (across < -20 || y < 10 || across > this.width + 20 || y > this.height - 6) continue;
      if (kind ? this.projection.scale() * this.transform.k < 700 : room < half * 1.6) continue;
      const lines = kind && words.length > 24 ? words.split(" / ") : [words];
      const wide = Math.max(...lines.map((line) => line.length)) * 3.1;
      const x = Math.min(Math.max(across, wide + 4), this.width - wide - 4); // a name at the edge is moved in, so that it is whole
      const boxes = (kind ? [0, -20, 20, -38, 38] : [0]).map((down) => ({ left: x - wide, right: x + wide, top: y + down - 12, bottom: y + down + 4 + (lines.length - 1) * 12 }));
      const box = boxes.find((one) => !taken.some((other) => overlap(one, other)));
      if (!box) continue;
      taken.push(box);
      const text = svg("text", { x: x.toFixed(1), y: (box.top + 12).toFixed(1), class: kind });
      lines.forEach((line, n) => text.append(svg("tspan", { x: x.toFixed(1), dy: n ? 12 : 0 }, n < lines.length - 1 ? `${line} /` : line)));
      this.names.append(text);
    }
  }

  private readonly known = new WeakMap<object, { of: GeoProjection; box: [[number, number], [number, number]] }>();

  private bounds(one: Feature<Geometry, CountryTold>, path: GeoPath): [[number, number], [number, number]] {
    const before = this.known.get(one);
    if (before?.of === this.projection) return before.box;
    const box = path.bounds(one);
    this.known.set(one, { of: this.projection, box });
    return box;
  }

  private legend(): HTMLElement {
    const list = html("ul", { class: "legend", "aria-label": "Legend" });
    const entry = (words: string, ...drawn: Node[]): void => {
      list.append(html("li", {}, svg("svg", { width: 34, height: 22, viewBox: "-17 -11 34 22", "aria-hidden": "true" }, ...drawn), words));
    };
    const sign = (classes: string, contested = false, ring = false): SVGGElement =>
      svg("g", { class: classes }, ...(ring ? [svg("path", { class: "area", d: glyph(false, 9.5) })] : []), svg("path", { class: "glyph", d: glyph(contested, 5), ...(ring ? { display: "none" } : {}) }));
    const has = (of: (mark: Mark) => boolean): boolean => this.marks.some(of);
    if (has(({ area, one }) => !area && !!one.geometry)) entry("place told exactly", sign("exact"));
    if (has(({ area }) => !!area)) entry("somewhere in this area", sign("", false, true));
    if (has(({ area }) => !!area)) entry("an area too small to see at this scale", sign(""));
    if (this.lists.size) {
      const box = { x: -15, y: -9, width: 30, height: 18, rx: 3 };
      entry("told of the country only, no place: a list, not a spot", svg("rect", { ...box, class: "box" }), svg("rect", { ...box, class: "hatched", fill: this.hatching.fill }), sign(""));
    }
    if (has(({ one }) => one.disputed)) entry("disputed: a diamond, a dashed edge", sign("contested", false, true), sign("contested", true));
    if (has(({ one }) => one.background)) entry("background: told as history, dotted", sign("past"));
    const kinds = new Set(this.shapes.borders.map(({ properties }) => lineClass(properties, this.rule)));
    for (const kind of Object.keys(LINE_WORDS)) if (kinds.has(kind)) entry(LINE_WORDS[kind]!, svg("path", { class: `line ${kind}`, d: "M-16,0H16" }));
    list.append(html("li", { class: "rule" }, ruleWords(this.rule, this.countryName)));
    return list;
  }

  private unplaced(incidents: Incident[]): HTMLElement {
    const list = html("ul", { class: "unplaced", "aria-label": "Incidents without a place" }, html("li", {}, `Not on the map, since no place is told: ${incidents.length}`));
    for (const one of incidents) {
      const words = [one.day || "no day", one.label].join(" · ");
      list.append(html("li", {}, one.href ? html("a", { href: one.href }, words) : words));
    }
    return list;
  }
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}

function around([x, y]: [number, number], wide: number, high = wide): Box {
  return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
}

/** The area in which it may have been; a point only where that is told. */
function areaOf(one: Incident): Geometry | null {
  if (one.geometry?.type !== "Point" || !one.radius) return one.geometry && wound(one.geometry);
  return geoCircle().center(one.geometry.coordinates as [number, number]).radius(one.radius / EARTH_KM).precision(6)();
}

/** GeoJSON winds outer rings against the clock, d3 with it: turn them where they would mean the rest of the world. */
function wound(geometry: Geometry): Geometry {
  if (geometry.type === "Polygon") return { ...geometry, coordinates: geometry.coordinates.map(turned) };
  if (geometry.type === "MultiPolygon") return { ...geometry, coordinates: geometry.coordinates.map((polygon) => polygon.map(turned)) };
  return geometry;
}

function turned(ring: Position[], n: number): Position[] {
  let twice = 0;
  for (let i = 1; i < ring.length; i += 1) twice += (ring[i]![0]! - ring[i - 1]![0]!) * (ring[i]![1]! + ring[i - 1]![1]!);
  return (twice > 0) === (n === 0) ? ring : [...ring].reverse();
}

/** The translation that brings a place to the middle of the picture. */
function recentred(projection: GeoProjection, middle: [number, number], width: number, height: number): [number, number] {
  const [x, y] = projection.translate([0, 0])(middle)!;
  return [width / 2 - x, height / 2 - y];
}

function dress(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

async function start(figure: HTMLElement, shapes: (folder: URL) => Promise<Shapes>): Promise<void> {
  try {
    const answer = await fetch(new URL(figure.dataset["src"] ?? "", document.baseURI), { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const [told, drawn] = await Promise.all([answer.json() as Promise<unknown>, shapes(new URL(figure.dataset["shapes"] ?? "/static/shapes/", document.baseURI))]);
    new MapIsland(figure, drawn, incidentsOf(told));
  } catch (error) {
    console.error(error);
    figure.prepend(html("p", { role: "alert" }, "The map could not be loaded. The incidents are in the list."));
  }
}

const figures = [...document.querySelectorAll<HTMLElement>('figure[data-island="map"]')];
if (figures.length) {
  dress();
  const loaded = new Map<string, Promise<Shapes>>();
  const once = (folder: URL): Promise<Shapes> => {
    const before = loaded.get(folder.href) ?? shapesFrom(folder);
    loaded.set(folder.href, before);
    return before;
  };
  for (const figure of figures) void start(figure, once);
}
