// How disputed lines and names are shown: "neutral", "iso" or "viewpoint:XXX". Nothing else asks which rule is set.

export interface BorderTold {
  class: string;
  between: [string, string];
  name?: string;
  dispute?: string;
  views?: Record<string, string>;
}

export interface DisputeTold {
  key?: string;
  name: string;
  names?: Record<string, string>;
  held_by?: string[];
  claimed_by?: string[];
}

export type Rule = { kind: "neutral" } | { kind: "iso" } | { kind: "viewpoint"; country: string };

export function ruleOf(text: string | undefined): Rule {
  const told = (text ?? "").trim();
  const country = /^viewpoint:([A-Z]{3})$/.exec(told)?.[1];
  if (country) return { kind: "viewpoint", country };
  return told === "iso" ? { kind: "iso" } : { kind: "neutral" };
}

/** The class by which a line is drawn; "none" is not drawn. Under neutral whatever is no settled border is drawn alike. */
export function lineClass(told: BorderTold, rule: Rule): string {
  if (rule.kind === "viewpoint") return told.views?.[rule.country] ?? told.class;
  if (rule.kind === "iso") return told.class;
  return told.class === "international" ? "international" : "disputed";
}

/** The name to write: all names under neutral, the first under iso, the country's own under its viewpoint. */
export function areaName(told: DisputeTold, rule: Rule): string {
  if (rule.kind === "viewpoint") return told.names?.[rule.country] ?? told.name;
  if (rule.kind === "iso") return told.name;
  return [...new Set([told.name, ...Object.values(told.names ?? {})])].join(" / ");
}

/** What the legend says of the rule. */
export function ruleWords(rule: Rule, name: (code: string) => string): string {
  if (rule.kind === "viewpoint") return `Borders as ${name(rule.country)} sees them`;
  if (rule.kind === "iso") return "Borders as Natural Earth draws them: who holds what";
  return "Disputed lines dashed, with the names of all parties";
}
