/* What the modules share: the facts, the last state, and the one way to choose something. */
import type { Map as LeafletMap } from "leaflet";
import type { AreaTool } from "./area_tool";
import type { Choice, Defaults, Facts, Found, MapState, NameIndex, Query, Said, Series, StartOptions } from "./contract";
import type { Chosen, FactLayers } from "./fact_layers";
import type { Fills } from "./fills";
import type { Inset } from "./insets";
import type { Label } from "./label_places";
import type { MapView } from "./map_view";
import type { PlaceNames } from "./place_names";
import type { Pointer } from "./pointer";
import type { Change } from "./query";
import type { ServerLink } from "./server_link";
import type { Snapshot } from "./snapshot";

export interface How {
  /** Move the map to what is chosen. */
  fly?: boolean;
  /** Replace the entry of the browser's history: a step on the way, not a choice to come back to. */
  passing?: boolean;
  /** Do not tell the server: more of the same follows. */
  untold?: boolean;
}

/** A part of the page that follows what is painted. */
export interface Control {
  show(): void;
}

/** A query that is painted and waits for the server's answer. */
export interface Wish {
  query: Query;
}

export interface Page {
  options: StartOptions;
  defaults: Defaults;
  /** Come with the borders; nothing reads them before ``begun``. */
  facts: Facts;
  /** A municipality's position in the facts, by its code. */
  order: Map<string, number>;
  /** Where what is made of the data is asked for. */
  made: string;
  /** Names, readings, indicators; null until they have come. */
  index: NameIndex | null;
  english: boolean;
  /** A file of its own: no server answers. */
  alone: boolean;
  map: LeafletMap;
  view: MapView;
  fills: Fills;
  layers: FactLayers;
  insets: Inset[];
  placeNames: PlaceNames;
  /** The names that found room. */
  named: Label[];
  pointer: Pointer;
  /** What follows the painted state, in order. */
  views: Control[];
  link: ServerLink;
  /** Fetches other facts when the data change. */
  snapshot: Snapshot;
  /** What the server answered last. */
  answer: MapState;
  /** What is painted, facts of layers that are off without marks. */
  state: MapState;
  /** What is painted, facts of all layers. */
  whole: MapState;
  chosen: Chosen;
  /** Putting an area together. */
  area: AreaTool;
  /** What was chosen when the facts were drawn last. */
  chosenBefore: string;
  /** Fills of every date by the name under which they are asked for. */
  series: Map<string, Series>;
  wish: Wish | null;
  /** What was found for a text that names no place here. */
  found?: Found | undefined;
  /** Something was chosen that the server has not been told of. */
  untold: boolean;
  /** How many states were painted ahead of the server. */
  counter: number;
  /** Milliseconds after which an answer is no longer waited for. */
  giveUp: number;
  waiting: ReturnType<typeof setTimeout> | undefined;
  /** Whether the map stands where a person put it: then the address says so. */
  moved: boolean;
  /** The borders and facts have come; choices are taken. */
  begun: boolean;
  /** A state has been painted. */
  shownOnce: boolean;
  /** The sequence of the painted state; "" before the first. */
  painted: string;
  /** Why the page could not begin; "". */
  failure: string;
  ready: Promise<void>;
  word(key: string, parts?: Record<string, string | number>): string;
  name(code: string): string;
  choose(change: Change, how?: How): void;
  /** Ask for what is shown again. */
  again(): void;
  /** Move the map to what is chosen. */
  flyToChosen(): void;
  /** Ask the server about a text that names no place here. */
  find(text: string): void;
  /** A file of the page's own server, or of the kept file. */
  load<T>(name: string): Promise<T>;
  /** A sentence on the map, until it is closed. */
  say(text: string): void;
  /** Where the map stands: "zoom/latitude/longitude". */
  view_text(): string;
}

/** What the document's other scripts call: Folium's starts the page, Streamlit's component adopts it. */
export interface Door {
  start(map: LeafletMap, options: StartOptions): void;
  adopt(slot: Element, said: Said, send: (choice: Choice) => void): void;
  release(): void;
}

declare global {
  interface Window {
    renkeiPage: Door & Page;
  }
}
