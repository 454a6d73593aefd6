// Losses over time: a panel for each side, all on one scale; a mark for each figure, a bar for its range, a line for what one holder said of one incident before.
import { axisBottom, axisLeft } from "d3-axis";
import { scaleSymlog, scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { COLOURS, held, mark, saving, svg, words } from "../charts/svg";

interface Point {
  day: string;
  low: number | null;
  high: number | null;
  words: string;
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

const DAY = 86_400_000;
const ROUND = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000];
const WIDTH = 960;
const PANEL = 190;
const LEFT = 48;
const RIGHT = 48;
const TOP = 30;
const BOTTOM = 26;

function draw(figure: HTMLElement, cells: Cell[], say: (key: string) => string): void {
  const points = cells.flatMap((cell) => cell.points);
  const days = points.map((point) => Date.parse(point.day)).filter((time) => !Number.isNaN(time));
  if (!days.length) return;
  const sides = [...new Map(cells.filter((c) => c.points.length).map((c) => [c.side, c.sideName])).entries()].sort((a, b) => a[1].localeCompare(b[1]));
  const holders = [...new Map(cells.map((c) => [c.holder, c.holderName])).entries()].sort((a, b) => a[1].localeCompare(b[1]));
  const numberOf = new Map(holders.map(([key], n) => [key, n]));
  const most = Math.max(1, ...points.map((p) => p.high ?? p.low ?? 0));
  const room = DAY;
  const eachDay = [...new Set(days)].sort((a, b) => a - b);
  const x = scaleUtc([Math.min(...days) - room, Math.max(...days) + room], [LEFT, WIDTH - RIGHT]);
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${sides.length * PANEL}`, width: WIDTH, height: sides.length * PANEL, role: "group", "aria-label": say("chart") });
  sides.forEach(([side, name], n) => {
    const y = scaleSymlog([0, most], [(n + 1) * PANEL - BOTTOM, n * PANEL + TOP]).constant(Math.max(1, most / 50));
    drawing.append(svg("text", { x: LEFT, y: n * PANEL + 18, "font-weight": 700 }, name));
    const bottom = svg("g", { class: "axis", transform: `translate(0,${(n + 1) * PANEL - BOTTOM})` });
    const marked = eachDay.length <= 8 ? eachDay.map((day) => new Date(day)) : x.ticks(8);
    select(bottom).call(axisBottom(x).tickValues(marked).tickFormat((day) => new Date(day.valueOf()).toISOString().slice(0, 10)).tickSizeOuter(0));
    const left = svg("g", { class: "axis", transform: `translate(${LEFT},0)` });
    const figures = ROUND.filter((figure) => figure <= most);
    select(left).call(axisLeft(y).tickValues(figures.filter((_, i) => i === 0 || (figures.length - 1 - i) % 2 === 0)).tickFormat((figure) => figure.toLocaleString("en")).tickSizeOuter(0));
    drawing.append(bottom, left);
    for (const cell of cells.filter((c) => c.side === side)) {
      const number = numberOf.get(cell.holder) ?? 0;
      const colour = COLOURS[number % COLOURS.length] ?? "currentColor";
      const shift = ((number % 7) - 3) * 4; // holders of one day stand beside each other
      const places = cell.points.map((p) => ({ p, x: x(Date.parse(p.day)) + shift, low: y(p.low ?? 0), high: y(p.high ?? most) }));
      if (places.length > 1) drawing.append(svg("path", { d: `M${places.map((q) => `${q.x},${(q.low + q.high) / 2}`).join("L")}`, fill: "none", stroke: colour, "stroke-dasharray": "4 3" }));
      for (const q of places) {
        const label = `${name}: ${q.p.words} ${cell.harm}${cell.role ? ` (${cell.role})` : ""}, ${cell.holderName}, ${q.p.day}`;
        const link = svg("a", { href: cell.href, "aria-label": label });
        link.append(svg("title", {}, `${label} · ${cell.about}`));
        if (q.p.low !== q.p.high) {
          const open = q.p.high === null;
          link.append(svg("path", { d: `M${q.x},${q.low}V${q.high}M${q.x - 4},${q.low}h8${open ? "" : `M${q.x - 4},${q.high}h8`}`, stroke: colour, "stroke-width": 2, fill: "none", "stroke-dasharray": open ? "2 3" : "none" }));
        }
        link.append(svg("path", { d: mark(number, q.x, q.p.low === null ? q.high : q.low), fill: colour, stroke: colour, "stroke-width": 1.5 }));
        drawing.append(link);
      }
    }
  });
  const key = document.createElement("ul");
  key.className = "key";
  for (const [holder, name] of holders) {
    const number = numberOf.get(holder) ?? 0;
    const colour = COLOURS[number % COLOURS.length] ?? "currentColor";
    const item = document.createElement("li");
    const sign = svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" });
    sign.append(svg("path", { d: mark(number, 8, 8), fill: colour, stroke: colour, "stroke-width": 1.5 }));
    item.append(sign, name);
    key.append(item);
  }
  const caption = document.createElement("figcaption");
  caption.className = "quiet";
  caption.textContent = say("scale");
  const scroll = document.createElement("div");
  scroll.className = "wide";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", say("chart"));
  scroll.append(drawing);
  figure.replaceChildren(scroll, key, caption, saving(drawing, "losses.svg", say("save")));
  figure.hidden = false;
}

const figure = document.getElementById("losses-chart");
const cells = held<Cell[]>("losses-data");
if (figure && cells) draw(figure, cells, words());
