// Who met whom, and through whom: squares are sides, circles go-betweens. The same data give the same drawing.
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { fitted, held, lines, saving, svg, words } from "../charts/svg";

interface Node extends SimulationNodeDatum {
  id: string;
  name: string;
  kind: "side" | "between";
}
interface Net {
  nodes: Node[];
  ties: { one: string; other: string; held: number; planned: number; failed: number }[];
}
/** A node in its place: x and y of its mark, and what it takes up with its name below. */
interface Placed extends Node {
  x: number;
  y: number;
  told: string[];
  wide: number;
  high: number;
}

const STEPS = 400;
const WIDEST = 840;
const LINE = 16;
const LETTER = 7.2;
const MARK = 9;
const LONGEST = 22;

/** Moves what covers each other apart, the shorter way; false where something still does after it has been tried often enough. */
function parted(nodes: Placed[], width: number, height: number): boolean {
  const middle = (node: Placed): number => node.y - MARK + node.high / 2;
  for (let round = 0; round < 300; round++) {
    for (const node of nodes) {
      node.x = Math.max(node.wide / 2, Math.min(width - node.wide / 2, node.x));
      node.y = Math.max(MARK + 4, Math.min(height - node.high + MARK, node.y));
    }
    let moved = false;
    for (const [n, one] of nodes.entries()) {
      for (const other of nodes.slice(n + 1)) {
        const across = (one.wide + other.wide) / 2 - Math.abs(one.x - other.x);
        const down = (one.high + other.high) / 2 - Math.abs(middle(one) - middle(other));
        if (across <= 0 || down <= 0) continue;
        moved = true;
        if (down < across) {
          const step = ((middle(one) <= middle(other) ? -1 : 1) * down) / 2;
          one.y += step;
          other.y -= step;
        } else {
          const step = ((one.x <= other.x ? -1 : 1) * across) / 2;
          one.x += step;
          other.x -= step;
        }
      }
    }
    if (!moved) return true;
  }
  return false;
}

function draw(figure: HTMLElement, width: number, net: Net, say: (key: string) => string): void {
  const sized = net.nodes.map((node) => {
    const told = lines(node.name, LONGEST);
    return { ...node, told, wide: Math.max(40, ...told.map((line) => line.length * LETTER)) + 14, high: 2 * MARK + 8 + told.length * LINE };
  });
  const room = sized.reduce((sum, node) => sum + node.wide * node.high, 0);
  let height = Math.round(Math.max(240, (room * 3.2) / width));
  const nodes: Placed[] = sized.map((node, n) => ({ ...node, x: width / 2 + (width / 5) * Math.cos(n * 2.4), y: height / 2 + (height / 4) * Math.sin(n * 2.4) }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const links = net.ties.flatMap((tie) => {
    const [source, target] = [byId.get(tie.one), byId.get(tie.other)];
    return source && target ? [{ ...tie, source, target, count: tie.held + tie.planned + tie.failed }] : [];
  });
  let seed = 1;
  const next = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  forceSimulation(nodes)
    .randomSource(next)
    .force("tie", forceLink(links).distance(Math.min(150, width / 3)))
    .force("apart", forceManyBody().strength(-420).distanceMax(280)) // nets that nothing ties stay near each other
    .force("room", forceCollide(44))
    .force("middle", forceCenter(width / 2, height / 2))
    .force("across", forceX(width / 2).strength(0.06))
    .force("down", forceY(height / 2).strength(0.09))
    .stop()
    .tick(STEPS);
  for (let more = 0; more < 10 && !parted(nodes, width, height); more++) height = Math.round(height * 1.15);
  const most = Math.max(1, ...links.map((link) => link.count));
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": say("net") });
  for (const { source, target, held: was, planned, failed, count } of links) {
    const tie = svg("line", {
      x1: source.x, y1: source.y, x2: target.x, y2: target.y, stroke: "var(--quiet)", "stroke-width": 1.5 + (6 * count) / most, "stroke-opacity": 0.6,
      ...(was ? {} : { "stroke-dasharray": "7 6" }),
    });
    const told = [[was, "held"], [planned, "planned"], [failed, "failed"]].flatMap(([n, what]) => (n ? [`${n} ${say(String(what)).toLowerCase()}`] : []));
    tie.append(svg("title", {}, `${source.name} – ${target.name}: ${told.join(", ")}`));
    drawing.append(tie);
  }
  for (const { x, y, kind, told } of nodes) {
    drawing.append(
      kind === "side"
        ? svg("rect", { x: x - MARK, y: y - MARK, width: 2 * MARK, height: 2 * MARK, fill: "var(--surface)", stroke: "var(--text)", "stroke-width": 2 })
        : svg("circle", { cx: x, cy: y, r: MARK, fill: "var(--text)", stroke: "var(--text)" }),
    );
    told.forEach((line, n) => drawing.append(svg("text", { x, y: y + MARK + 16 + n * LINE, "text-anchor": "middle", stroke: "var(--surface)", "stroke-width": 4, "paint-order": "stroke" }, line)));
  }
  const note = [say("shapes"), figure.dataset["note"] ?? ""].filter(Boolean).join(" ");
  const caption = document.createElement("figcaption");
  caption.className = "quiet";
  caption.textContent = note;
  figure.replaceChildren(drawing, caption, saving(drawing, "talks.svg", say("save"), [{ words: note }]));
}

const figure = document.getElementById("network");
const net = held<Net>("network-data");
if (figure && net?.ties.length) fitted(figure, (width) => draw(figure, Math.min(width, WIDEST), net, words()));
