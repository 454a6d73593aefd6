// The incidents of the GeoJSON as the map needs them. Their texts are other people's: they only ever become text nodes.
import type { Feature, FeatureCollection, Geometry } from "geojson";

export interface Incident {
  id: string;
  href: string;
  label: string;
  type: string;
  precision: string;
  radius: number;
  country: string;
  disputed: boolean;
  background: boolean;
  day: string;
  geometry: Geometry | null;
}

const AREAS: Record<string, string> = { city: "somewhere in a town", district: "somewhere in a district", province: "somewhere in a province", area: "somewhere in an area" };

/** What the place tells, in words. */
export function precisionWords(one: Incident): string {
  if (!one.geometry) return "place not told more closely than the country";
  return AREAS[one.precision] ?? (one.geometry.type === "Point" && !one.radius ? "place told exactly" : AREAS["area"]!);
}

/** In the order of days; those without a day last, then by id. */
export function incidentsOf(value: unknown): Incident[] {
  const features = (value as Partial<FeatureCollection> | null)?.features;
  if (!Array.isArray(features)) throw new Error("no FeatureCollection");
  return features.map(incident).sort((a, b) => (a.day || "~").localeCompare(b.day || "~", "en") || a.id.localeCompare(b.id, "en"));
}

function incident(feature: Feature): Incident {
  const told = feature.properties ?? {};
  const text = (key: string): string => (typeof told[key] === "string" ? (told[key] as string) : "");
  const precision = text("precision");
  return {
    id: text("id") || String(feature.id ?? ""),
    href: safe(text("href")),
    label: text("label") || text("type") || "incident",
    type: text("type"),
    precision,
    radius: typeof told["radius_km"] === "number" && told["radius_km"] > 0 ? told["radius_km"] : 0,
    country: text("country"),
    disputed: told["disputed"] === true,
    background: told["background"] === true,
    day: text("day"),
    geometry: precision === "country" ? null : (feature.geometry ?? null), // a country's middle is nobody's place
  };
}

/** An address of our own site or the web; anything that would run is dropped. */
function safe(href: string): string {
  if (!href) return "";
  try {
    return ["http:", "https:"].includes(new URL(href, document.baseURI).protocol) ? href : "";
  } catch {
    return "";
  }
}
