// Who met whom, and through whom: squares are sides, circles go-betweens. The same data give the same drawing.
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { held, saving, svg, words } from "../charts/svg";

interface Node extends SimulationNodeDatum {
  id: string;
  name: string;
  kind: "side" | "between";
}
interface Net {
  nodes: Node[];
  ties: { one: string; other: string; count: number }[];
}

const WIDTH = 960;
const STEPS = 400;
const LETTER = 7.5;

function draw(figure: HTMLElement, net: Net, say: (key: string) => string): void {
  const height = Math.min(720, 260 + net.nodes.length * 14);
  const nodes = net.nodes.map((node, n) => ({ ...node, x: WIDTH / 2 + 200 * Math.cos(n * 2.4), y: height / 2 + 120 * Math.sin(n * 2.4) }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const links = net.ties.flatMap((tie) => {
    const [source, target] = [byId.get(tie.one), byId.get(tie.other)];
    return source && target ? [{ source, target, count: tie.count }] : [];
  });
  let seed = 1;
  const next = (): number => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const simulation = forceSimulation(nodes)
    .randomSource(next)
    .force("tie", forceLink(links).distance(130))
    .force("apart", forceManyBody().strength(-420))
    .force("room", forceCollide(44))
    .force("middle", forceCenter(WIDTH / 2, height / 2))
    .force("across", forceX(WIDTH / 2).strength(0.04))
    .force("down", forceY(height / 2).strength(0.09))
    .stop();
  simulation.tick(STEPS);
  for (const node of nodes) {
    node.x = Math.max(80, Math.min(WIDTH - 80, node.x ?? 0));
    node.y = Math.max(24, Math.min(height - 34, node.y ?? 0));
  }
  const most = Math.max(1, ...links.map((link) => link.count));
  // no wider than what is drawn, names and all: a small net is whole on a telephone
  const half = (node: Node): number => Math.max(12, (node.name.length * LETTER) / 2);
  const [left, right] = [Math.min(...nodes.map((node) => node.x - half(node))) - 4, Math.max(...nodes.map((node) => node.x + half(node))) + 4];
  const [top, bottom] = [Math.min(...nodes.map((node) => node.y)) - 16, Math.max(...nodes.map((node) => node.y)) + 34];
  const drawing = svg("svg", {
    viewBox: `${left} ${top} ${right - left} ${bottom - top}`, width: right - left, height: bottom - top, role: "img", "aria-label": say("net"),
  });
  for (const link of links) {
    const tie = svg("line", {
      x1: link.source.x, y1: link.source.y, x2: link.target.x, y2: link.target.y, stroke: "var(--quiet)", "stroke-width": 1 + (6 * link.count) / most, "stroke-opacity": 0.6,
    });
    tie.append(svg("title", {}, `${link.source.name} – ${link.target.name}: ${link.count} ${say("contacts_of")}`));
    drawing.append(tie);
  }
  for (const node of nodes) {
    const [x, y] = [node.x, node.y];
    drawing.append(
      node.kind === "side"
        ? svg("rect", { x: x - 9, y: y - 9, width: 18, height: 18, fill: "var(--surface)", stroke: "var(--text)", "stroke-width": 2 })
        : svg("circle", { cx: x, cy: y, r: 9, fill: "var(--text)", stroke: "var(--text)" }),
      svg("text", { x, y: y + 25, "text-anchor": "middle", stroke: "var(--surface)", "stroke-width": 4, "paint-order": "stroke" }, node.name),
    );
  }
  const caption = document.createElement("figcaption");
  caption.className = "quiet";
  caption.textContent = say("shapes");
  const scroll = document.createElement("div");
  scroll.className = "wide";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", say("net"));
  scroll.append(drawing);
  figure.replaceChildren(scroll, caption, saving(drawing, "talks.svg", say("save")));
  figure.hidden = false;
}

const figure = document.getElementById("network");
const net = held<Net>("network-data");
if (figure && net) draw(figure, net, words());
