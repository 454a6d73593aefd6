// Losses over time: for each harm a panel for each side, all on one scale; a mark for each figure, a bar for its range, a line from what one holder said before.
import { axisBottom, axisLeft } from "d3-axis";
import { type ScaleSymLog, scaleSymlog, scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { colour, fitted, held, MARKS, mark, saving, svg, words } from "../charts/svg";

interface Point {
  day: string;
  low: number | null;
  high: number | null;
  words: string;
  earlier: boolean;
}
interface Cell {
  side: string;
  sideName: string;
  holder: string;
  holderName: string;
  harm: string;
  role: string;
  about: string;
  href: string;
  points: Point[];
}
interface Panel {
  harm: string;
  name: string;
  cells: Cell[];
  points: number;
}
/** A figure in its place. */
interface Placed {
  point: Point;
  cell: Cell;
  x: number;
  y: number;
  /** Where its bar begins and ends, from above; the two are one where it is a single number. */
  top: number;
  bottom: number;
}

const DAY = 86_400_000;
const ROUND = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000];
const PANEL = 200;
const NARROWEST = 420;
const MOST_PANELS = 18;
const LEFT = 50;
const RIGHT = 38; // half of a date
const TOP = 28;
const BOTTOM = 26;
/** How far a bar that is open above goes beyond the largest figure. */
const OPEN = 24;
/** What a mark takes up across. */
const ROOM = 13;
/** So many marks may stand beside one that they would cover: farther away they would seem to be of another day. */
const BESIDE = 6;
/** What a date takes up across, and a figure from above to below. */
const DATE = 84;
const FIGURE = 15;

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A panel for each harm and side of which there is a figure, harms in their order, sides by name; the fullest where there are too many. */
function panelsOf(cells: Cell[], harms: string[], untold: string): Panel[] {
  const found = new Map<string, Panel>();
  for (const cell of cells.filter((c) => c.points.length)) {
    const key = `${cell.harm} ${cell.side}`;
    const panel = found.get(key) ?? { harm: cell.harm, name: cell.sideName || untold, cells: [], points: 0 };
    panel.cells.push(cell);
    panel.points += cell.points.length;
    found.set(key, panel);
  }
  const ordered = [...found.values()].sort((a, b) => harms.indexOf(a.harm) - harms.indexOf(b.harm) || byName(a.name, b.name));
  const fullest = [...ordered].sort((a, b) => b.points - a.points).slice(0, MOST_PANELS);
  return ordered.filter((panel) => fullest.includes(panel));
}

/** The values of an axis of which the words do not run into each other: the ends first, then whatever has room, in order. */
function apart(values: number[], at: (value: number) => number, room: number): number[] {
  const kept: number[] = [];
  const ends = [values.at(-1), values[0]];
  for (const value of [...ends, ...values]) if (value !== undefined && kept.every((other) => Math.abs(at(other) - at(value)) >= room)) kept.push(value);
  return kept.sort((a, b) => a - b);
}

/** The figures of a panel, each beside those that it would cover. */
function placed(cells: Cell[], x: (time: number) => number, y: ScaleSymLog<number, number>, ceiling: number, within: [number, number]): Placed[] {
  const [floor] = y.range();
  const all = cells.flatMap((cell) =>
    cell.points.map((point) => {
      const top = point.high === null ? ceiling : y(point.high);
      const bottom = point.low === null ? (floor ?? 0) : y(point.low);
      return { point, cell, x: x(Date.parse(point.day)), y: point.low === null ? top : point.high === null ? bottom : (top + bottom) / 2, top, bottom };
    }),
  );
  all.sort((a, b) => a.x - b.x || byName(a.cell.holderName, b.cell.holderName) || b.y - a.y);
  const done: Placed[] = [];
  for (const one of all) {
    const day = one.x;
    for (let step = 0; step <= BESIDE; step++) {
      one.x = day + Math.ceil(step / 2) * (step % 2 ? 1 : -1) * ROOM;
      const inside = one.x >= within[0] && one.x <= within[1];
      if (inside && done.every((other) => Math.abs(other.x - one.x) >= ROOM - 1 || Math.abs(other.y - one.y) >= ROOM - 1)) break;
      if (step === BESIDE) one.x = day;
    }
    done.push(one);
  }
  return done;
}

/** The bar of a range: a cap where it ends, an arrow's head and dashes where it is open. */
function bar(one: Placed): { solid: string; dashed: string } {
  const { x, top, bottom } = one;
  const caps = `${one.point.low === null ? "" : `M${x - 4},${bottom}h8`}${one.point.high === null ? `M${x - 4},${top + 6}L${x},${top}L${x + 4},${top + 6}` : `M${x - 4},${top}h8`}`;
  const rod = `M${x},${bottom}V${top}`;
  return one.point.low === null || one.point.high === null ? { solid: caps, dashed: rod } : { solid: caps + rod, dashed: "" };
}

function draw(figure: HTMLElement, width: number, cells: Cell[], say: (key: string) => string): void {
  const harms = ["killed", "wounded", "harmed", "captured", "missing", "displaced"];
  const shown = panelsOf(cells, harms, say("untold"));
  const allPanels = new Set(cells.filter((c) => c.points.length).map((c) => `${c.harm} ${c.side}`)).size;
  const drawnCells = shown.flatMap((panel) => panel.cells);
  const holders = [...new Map(drawnCells.map((c) => [c.holder, c.holderName])).entries()].sort((a, b) => byName(a[1], b[1]) || byName(a[0], b[0]));
  const numberOf = new Map(holders.map(([key], n) => [key, n]));
  const days = drawnCells.flatMap((cell) => cell.points.map((point) => Date.parse(point.day)));
  const each = [...new Set(days)].sort((a, b) => a - b);
  const columns = Math.max(1, Math.min(3, Math.floor(width / NARROWEST), shown.length));
  const across = width / columns;
  const height = Math.ceil(shown.length / columns) * PANEL;
  const span = Math.max(DAY, (Math.max(...days) - Math.min(...days)) * 0.06);
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": say("chart") });
  const told = document.createElement("p");
  told.className = "told quiet";
  told.setAttribute("aria-hidden", "true"); // a screen reader is told by the mark's own label
  told.textContent = say("keys");
  const links: SVGAElement[] = [];
  shown.forEach((panel, n) => {
    const [from, above] = [(n % columns) * across, Math.floor(n / columns) * PANEL];
    const most = Math.max(1, ...shown.filter((p) => p.harm === panel.harm).flatMap((p) => p.cells.flatMap((c) => c.points.map((q) => q.high ?? q.low ?? 0))));
    const x = scaleUtc([Math.min(...days) - span, Math.max(...days) + span], [from + LEFT, from + across - RIGHT]);
    const y = scaleSymlog([0, most], [above + PANEL - BOTTOM, above + TOP + OPEN]).constant(Math.max(1, most / 50));
    drawing.append(svg("text", { x: from + LEFT, y: above + 18, class: "name" }, `${say(`harm.${panel.harm}`)}: ${panel.name}`));
    const figures = apart(ROUND.filter((round) => round <= most), y, FIGURE);
    for (const round of figures) {
      const line = svg("g", { class: "axis", "aria-hidden": "true" });
      line.append(svg("line", { x1: from + LEFT, x2: from + across - RIGHT, y1: y(round), y2: y(round), "stroke-opacity": 0.6 }));
      drawing.append(line);
    }
    const dates = apart(each.length <= 12 ? each : x.ticks(Math.max(2, Math.floor(across / 110))).map(Number), (day) => x(day), DATE);
    const bottom = svg("g", { class: "axis", transform: `translate(0,${above + PANEL - BOTTOM})`, "aria-hidden": "true" });
    select(bottom).call(axisBottom(x).tickValues(dates.map((day) => new Date(day))).tickFormat((day) => new Date(day.valueOf()).toISOString().slice(0, 10)).tickSizeOuter(0));
    const left = svg("g", { class: "axis", transform: `translate(${from + LEFT},0)`, "aria-hidden": "true" });
    select(left).call(axisLeft(y).tickValues(figures).tickFormat((round) => round.toLocaleString("en")).tickSizeOuter(0));
    drawing.append(bottom, left);
    const places = placed(panel.cells, (time) => x(time), y, above + TOP, [from + LEFT + ROOM / 2, from + across - RIGHT - ROOM / 2]);
    for (const cell of panel.cells) {
      const own = cell.points.flatMap((point) => places.filter((one) => one.point === point));
      if (own.length > 1) {
        drawing.append(svg("path", { d: `M${own.map((one) => `${one.x},${one.y}`).join("L")}`, fill: "none", stroke: colour(numberOf.get(cell.holder) ?? 0), "stroke-dasharray": "4 3", "aria-hidden": "true" }));
      }
    }
    for (const one of places) {
      const number = numberOf.get(one.cell.holder) ?? 0;
      const { point, cell } = one;
      const label = `${panel.name}: ${point.words} ${say(`harm.${cell.harm}`)}${cell.role ? ` (${cell.role})` : ""}, ${cell.holderName}, ${point.day}${point.earlier ? `, ${say("earlier")}` : ""}`;
      const link = svg("a", { href: cell.href, "aria-label": label, tabindex: links.length ? -1 : 0 });
      link.append(svg("title", {}, `${label} · ${cell.about}`));
      if (point.low !== point.high) {
        const { solid, dashed } = bar(one);
        link.append(svg("path", { d: solid, stroke: colour(number), "stroke-width": 2, fill: "none" }));
        if (dashed) link.append(svg("path", { d: dashed, stroke: colour(number), "stroke-width": 2, fill: "none", "stroke-dasharray": "2 3" }));
      }
      link.append(svg("path", { d: mark(number, one.x, one.y), fill: point.earlier ? "var(--surface)" : colour(number), stroke: colour(number), "stroke-width": 1.5 }));
      const tell = (): void => {
        told.textContent = `${label} · ${cell.about}`;
      };
      link.addEventListener("focus", tell);
      link.addEventListener("mouseenter", tell);
      links.push(link);
      drawing.append(link);
    }
  });
  drawing.addEventListener("keydown", (event) => {
    const now = links.findIndex((link) => link === document.activeElement);
    const to = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1, Home: 0, End: links.length - 1 }[event.key];
    const [old, next] = [links[now], to === undefined ? undefined : links[to]];
    if (to === undefined || !old || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!next) return;
    old.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  const signOf = (number: number): SVGPathElement => svg("path", { d: mark(number, 8, 8), fill: colour(number), stroke: colour(number), "stroke-width": 1.5 });
  const key = document.createElement("ul");
  key.className = "key";
  for (const [holder, name] of holders) {
    const item = document.createElement("li");
    const sign = svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" });
    sign.append(signOf(numberOf.get(holder) ?? 0));
    item.append(sign, name);
    key.append(item);
  }
  const note = [
    say("scale"), figure.dataset["note"]?.trim() ?? "", allPanels > shown.length ? say("panels") : "", holders.length > MARKS ? say("marks") : "",
  ].filter(Boolean).join(" ");
  const caption = document.createElement("figcaption");
  caption.className = "quiet";
  caption.textContent = note;
  const below = [...holders.map(([holder, name]) => ({ words: name, sign: signOf(numberOf.get(holder) ?? 0) })), { words: note }];
  figure.replaceChildren(drawing, told, key, caption, saving(drawing, "losses.svg", say("save"), below));
}

const figure = document.getElementById("losses-chart");
const cells = held<Cell[]>("losses-data");
if (figure && cells?.some((cell) => cell.points.length)) fitted(figure, (width) => draw(figure, width, cells, words()));
