// The bundled shapes: countries, borders, disputes.
import { feature, merge } from "topojson-client";
import type { GeometryCollection, MultiPolygon as TopoMulti, Polygon as TopoPolygon, Topology } from "topojson-specification";
import type { Feature, FeatureCollection, Geometry, LineString, MultiPolygon, Point } from "geojson";
import type { BorderTold, DisputeTold } from "./rule";

export interface CountryTold {
  code: string;
  name: string;
  at: [number, number];
}

export interface Shapes {
  land: MultiPolygon;
  countries: Feature<Geometry, CountryTold>[];
  borders: Feature<LineString, BorderTold>[];
  disputed: Feature<Point | MultiPolygon, DisputeTold>[];
}

async function topology(address: URL): Promise<Topology> {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return (await answer.json()) as Topology;
}

function features<G extends Geometry, P>(of: Topology, name: string): Feature<G, P>[] {
  return (feature(of, of.objects[name] as GeometryCollection) as FeatureCollection).features as unknown as Feature<G, P>[];
}

export async function shapesFrom(folder: URL): Promise<Shapes> {
  const [countries, borders, disputed] = await Promise.all(["countries", "borders", "disputed"].map((name) => topology(new URL(`${name}.json`, folder))));
  const all = (countries!.objects["countries"] as GeometryCollection).geometries as (TopoPolygon | TopoMulti)[];
  return {
    land: merge(countries!, all as TopoPolygon[]),
    countries: features(countries!, "countries"),
    borders: features(borders!, "borders"),
    disputed: features(disputed!, "disputed"),
  };
}

/** Of each code its name and the place of its name: that of the shape which is the country's own, the first with the code. */
export function countriesByCode(shapes: Shapes): Map<string, CountryTold> {
  const found = new Map<string, CountryTold>();
  const own = (one: CountryTold): number => (["Somaliland", "N. Cyprus", "Indian Ocean Ter.", "Ashmore and Cartier Is.", "Siachen Glacier"].includes(one.name) ? 1 : 0);
  for (const { properties } of [...shapes.countries].sort((a, b) => own(a.properties) - own(b.properties))) {
    if (properties.code && !found.has(properties.code)) found.set(properties.code, properties);
  }
  return found;
}
