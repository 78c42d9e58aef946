/* Made by `python -m renkei.browser.contract`: not to be changed by hand. */

export type Query = Record<string, string[]>;
export type Defaults = Record<string, string[]>;

export interface LegendRow {
  label: string;
  count: string;
  color: string;
}

export interface GridAxis {
  title: string;
  dated: string;
  labels: string[];
}

export interface Grid {
  axes: GridAxis[];
  counts: string[];
}

export interface Legend {
  title: string;
  dated: string;
  source: string;
  rows: LegendRow[];
  noData: string;
  grid?: Grid;
}

export interface Background {
  classes: string;
  colors: string[];
  legend: Legend;
  values: string;
}

export interface Second {
  title: string;
  values: string;
  classes?: string;
  colors?: string[];
  legend?: Legend;
}

export interface Marks {
  cases: string;
  ties: string;
  blocs: string;
  networks: string;
}

export interface FoundEntry {
  choice: string;
  id: string;
  label: string;
  note: string;
}

export interface Found {
  key: string;
  text: string;
  message: string;
  entries: FoundEntry[];
}

export interface NamedPlace {
  text: string;
  certain: boolean;
  message: string;
  entries: FoundEntry[];
}

export interface MapState {
  query: Record<string, string[]>;
  made: string;
  classes: string;
  colors: string[];
  legend: Legend;
  values: string;
  second?: Second;
  cases: string;
  ties: string;
  blocs: string;
  networks: string;
  rest: Marks;
  shown: string;
  dates: [string, string][];
  breaks: string;
  sequence: string;
  partial?: boolean;
}

export interface Series {
  dates: string[];
  labels: string[];
  backgrounds: Record<string, Background>;
}

export interface Theme {
  name: string;
  en: string;
  color: string;
  shape: string;
  asked: boolean;
}

export interface Fact {
  themes: number[];
  prefectures: string[];
  programme: string;
  year: string;
  tier: string;
  family?: string;
  free?: boolean;
}

export interface CaseFact {
  themes: number[];
  prefectures: string[];
  programme: string;
  year: string;
  tier: string;
  family?: string;
  free?: boolean;
  id: string;
  place: string;
  lon: number;
  lat: number;
  theme: number;
  title: string;
  organisation: string;
}

export interface TieFact {
  themes: number[];
  prefectures: string[];
  programme: string;
  year: string;
  tier: string;
  family?: string;
  free?: boolean;
  counted: boolean;
  kind: string;
  kind_en: string;
  since: string;
  style: number;
}

export interface BlocFact {
  themes: number[];
  prefectures: string[];
  programme: string;
  year: string;
  tier: string;
  family?: string;
  free?: boolean;
  id: string;
  name: string;
  members: string[];
  layer: string;
  style: number;
  parts: number;
}

export interface NetworkFact {
  themes: number[];
  prefectures: string[];
  programme: string;
  year: string;
  tier: string;
  family?: string;
  free?: boolean;
  id: string;
  name: string;
  members: string[];
  lead: string;
}

export interface Pair {
  from: string;
  to: string;
  ties: number[];
}

export interface Facts {
  codes: string[];
  names: string[];
  short: string[];
  names_en: string[];
  byPopulation: number[];
  prefectures: Record<string, string>;
  prefectures_en: Record<string, string>;
  prefecturePoints: Record<string, [number, number]>;
  points: Record<string, [number, number]>;
  tieColor: string;
  ownColor: string;
  networkColor: string;
  blocColors: Record<string, string>;
  areaColor: string;
  mostMembers: number;
  themes: Theme[];
  cases: CaseFact[];
  ties: TieFact[];
  pairs: Pair[];
  blocs: BlocFact[];
  networks: NetworkFact[];
}

export interface NameEntry {
  id: string;
  choice: string;
  label: string;
  note: string;
  keys: string[];
}

export interface OptionEntry {
  id: string;
  label: string;
}

export interface IndicatorEntry {
  id: string;
  title: string;
  group: string;
  kind: string;
  when: string;
  definition: string;
  keywords: string;
  common: boolean;
  by_area: boolean;
}

export interface NameIndex {
  places: NameEntry[];
  options: Record<string, OptionEntry[]>;
  groups: Record<string, string>;
  indicators: IndicatorEntry[];
}

export interface StartOptions {
  base: string;
  made: string;
  place: string;
  visitor: string;
  files: Record<string, string>;
  credit: string;
  home: [[number, number], [number, number]];
  language: string;
  words: Record<string, string>;
  defaults: Record<string, string[]>;
  regions: [string, string[]][];
  tables: string[];
  state: MapState;
  alone: boolean;
  view: string;
  notes: string[];
}

export interface Said {
  n: number;
  query: Record<string, string[]>;
  undrawn: string[];
  turn: number;
  change: Record<string, string[]>;
  fly: boolean;
  made: string;
  found?: Found;
}

export interface Choice {
  query: Record<string, string[]>;
  n: number;
  find?: string;
}
