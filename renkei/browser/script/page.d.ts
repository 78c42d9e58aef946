/* What the controls share: the facts, the last state, and the one way to choose something. */
import type { Defaults, Facts, MapState, NameIndex, StartOptions } from "./contract";
import type { FactLayers, Chosen } from "./fact_layers";
import type { Fills } from "./fills";
import type { MapView } from "./map_view";
import type { Change } from "./query";

export interface How {
  /** Move the map to what is chosen. */
  fly?: boolean;
  /** Replace the entry of the browser's history: a step on the way, not a choice to come back to. */
  passing?: boolean;
  /** Do not tell the server: more of the same follows. */
  untold?: boolean;
}

export interface Page {
  options: StartOptions;
  defaults: Defaults;
  facts: Facts;
  /** Names, readings, indicators; null until they have come. */
  index: NameIndex | null;
  english: boolean;
  alone: boolean;
  view: MapView;
  fills: Fills;
  layers: FactLayers;
  /** What is painted, facts of layers that are off without marks. */
  state: MapState;
  /** What is painted, facts of all layers. */
  whole: MapState;
  chosen: Chosen;
  word(key: string, parts?: Record<string, string | number>): string;
  name(code: string): string;
  choose(change: Change, how?: How): void;
  /** Move the map to what is chosen. */
  flyToChosen(): void;
  /** Ask the server about a text that names no place here. */
  find(text: string): void;
  load(name: string): Promise<any>;
  say(text: string): void;
  view_text(): string;
}
