/* The pure model against what the server makes: the vectors are written by tests/browser/test_modules.py. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { goesAround, officesWithin, readArea, writtenArea } from "../../renkei/browser/script/area_codes.js";
import { namesIn, placeNamed } from "../../renkei/browser/script/area_names.js";
import { readBreaks } from "../../renkei/browser/script/background_menu.js";
import { matching, meant } from "../../renkei/browser/script/find_names.js";
import { foretell, masked, seriesName } from "../../renkei/browser/script/foretell.js";
import { arc, unionRings } from "../../renkei/browser/script/geometry.js";
import { placed } from "../../renkei/browser/script/label_places.js";
import { askedOf, KINDS, passing, prefectureMarks } from "../../renkei/browser/script/marks.js";
import { readAddress, readView, sameQuery, withChange, writtenAddress } from "../../renkei/browser/script/query.js";
import { filledIn, folded, plainText } from "../../renkei/browser/script/text.js";

const { facts, defaults, filters, queries, foretold, breaks, areas } = JSON.parse(readFileSync(process.env.RENKEI_VECTORS, "utf-8"));

test("filters in the browser are the filters of the server", () => {
  for (const vector of filters) {
    const asked = askedOf(vector.query, facts, defaults);
    for (const kind of KINDS) {
      assert.equal(passing(facts[kind], kind, vector.rest[kind], asked), vector[kind], `${kind} ${JSON.stringify(vector.query)}`);
    }
    assert.equal(prefectureMarks(facts, vector.query.prefecture ?? []), vector.shown);
  }
});

test("a change of the query is what the server reads and writes", () => {
  for (const { before, change, after } of queries) {
    assert.ok(sameQuery(withChange(before, change, defaults), after), JSON.stringify({ before, change, after, got: withChange(before, change, defaults) }));
  }
});

test("a drawn area holds whom the server finds in it, and is written as the server writes it", () => {
  const known = new Set(facts.codes);
  for (const { ring, inside, written } of areas) {
    const found = officesWithin(facts.codes, facts.points, ring.map(([lng, lat]) => ({ lng, lat })));
    assert.deepEqual(found.sort(), inside);
    assert.equal(writtenArea(found), written);
    assert.deepEqual(readArea(written, known), inside);
  }
  assert.ok(areas.some(({ inside }) => inside.length > 5));
  assert.deepEqual(readArea("01207,01631 10444", known), ["01207", "01631", "10444"]);
  for (const wrong of ["99999", "1207", "01000", "０１２０７", "<b>"]) assert.deepEqual(readArea(wrong, known), []);
});

test("a line that overlaps its own beginning goes around what it goes around twice", () => {
  const at = (lng, lat) => ({ lng, lat });
  const twice = [at(0, 0), at(4, 0), at(4, 4), at(0, 4), at(0, -1), at(2, -1), at(2, 2), at(-1, 2)];
  for (const [place, inside] of [[at(1, 1), true], [at(3, 3), true], [at(5, 1), false], [at(-2, 1), false]]) assert.equal(goesAround(twice, place), inside);
  assert.equal(goesAround([], at(0, 0)), false);
});

test("names in a list are one place, several, or the server's to say", () => {
  const entry = (id, keys, choice = "code") => ({ id, choice, label: id, note: "", keys });
  const entries = [entry("01207", ["帯広市", "帯広"]), entry("13206", ["府中市"]), entry("34208", ["府中市"]), entry("x", ["帯広"], "bloc")];
  assert.deepEqual(namesIn("帯広市、音更町\n 芽室町,幕別町\t帯広市\r\n"), ["帯広市", "音更町", "芽室町", "幕別町"]);
  assert.deepEqual(placeNamed(entries, "帯広").entries.map((each) => each.id), ["01207"]); // a town before an area
  assert.equal(placeNamed(entries, "府中市").certain, false);
  assert.equal(placeNamed(entries, "ない町"), null);
});

test("what is foretold is what the server answers", () => {
  for (const { answer, query, series, expected } of foretold) {
    const state = foretell(answer, query, facts, defaults, series);
    assert.equal(state.partial, false);
    for (const key of ["classes", "colors", "legend", "values", "dates", "shown", "cases", "ties", "blocs", "networks"]) {
      assert.deepEqual(state[key], expected[key], `${key} ${JSON.stringify(query)}`);
    }
  }
});

test("what only the server knows is foretold in part", () => {
  const { answer } = foretold[0];
  assert.equal(foretell(answer, { second: ["share_65"] }, facts, defaults, undefined).partial, true);
  assert.equal(foretell(answer, { text: ["市"] }, facts, defaults, undefined).partial, true);
  assert.equal(seriesName({ second: ["x"] }, defaults), "");
  assert.equal(seriesName({ from: ["2020"] }, defaults), "");
});

test("facts of a layer that is off carry no mark", () => {
  const { answer } = foretold[0];
  const state = masked(answer, facts, ["cases", "core_city"]);
  assert.equal(state.ties.includes("1"), false);
  facts.blocs.forEach((bloc, i) => {
    if (bloc.layer !== "core_city") assert.equal(state.blocs[i], "0");
  });
  assert.equal(state.cases, answer.cases);
});

test("breaks are read as the server reads them", () => {
  for (const [text, read] of breaks) {
    assert.deepEqual(readBreaks(text).split(",").filter(Boolean).map(Number), read, text);
  }
});

test("an address holds a query and a view, and gives them back", () => {
  for (const { query } of filters) {
    assert.ok(sameQuery(readAddress(writtenAddress(query, "8/36.5/139")), query));
  }
  assert.deepEqual(readView("8/36.5/139"), [8, 36.5, 139]);
  assert.deepEqual(readView("66/36.5/139"), null);
  assert.deepEqual(readView("15/36.5/139"), [13, 36.5, 139]);
  for (const wrong of ["", "8", "8/139/36", "a/b/c", "//", "8/36.5/139/1"]) assert.equal(readView(wrong), null, wrong);
});

test("places are found by name, reading, beginning and code", () => {
  const entry = (id, ...keys) => ({ id, choice: "code", label: keys[0], note: "", keys: keys.map(folded) });
  const entries = [entry("10444", "川場村", "かわばむら", "Kawaba"), entry("13206", "府中市", "ふちゅうし"), entry("34208", "府中市", "ふちゅうし")];
  assert.equal(meant(entries, "カワバムラ")?.id, "10444");
  assert.equal(meant(entries, "ＫＡＷＡＢＡ")?.id, "10444");
  assert.equal(meant(entries, "府中市"), null);
  assert.equal(matching(entries, "府中").length, 2);
  assert.deepEqual(matching(entries, ""), []);
});

test("no name lies over another, and the strong ones stand", () => {
  const label = (key, x, strong = false) => ({ key, x, y: 0, text: key, size: 12, strong });
  const kept = placed([label("a", 0), label("b", 10), label("c", 100), label("d", 5, true)], () => 30);
  assert.deepEqual(kept.map((each) => each.key).sort(), ["c", "d"]);
  const taken = [{ left: -5, right: 5, top: -5, bottom: 5 }];
  assert.deepEqual(placed([label("a", 0)], () => 30, taken), []);
  const [moved] = placed([{ ...label("a", 0), movable: true }], () => 30, taken);
  assert.deepEqual([moved.x, moved.y], [0, label("a", 0).y - 15]); // above its place, where it is free
});

test("a line is a great circle, and a union has no inner border", () => {
  const line = arc([139, 36], [141, 43]);
  assert.deepEqual(line[0].map((each) => Math.round(each * 1e6) / 1e6), [36, 139]);
  assert.deepEqual(line.at(-1).map((each) => Math.round(each * 1e6) / 1e6), [43, 141]);
  const square = (x) => [[0, x], [0, x + 1], [1, x + 1], [1, x]].map(([lat, lng]) => ({ lat, lng }));
  const rings = unionRings([square(0), square(1)]);
  assert.equal(rings.length, 1);
  assert.equal(rings[0].length, 6);
});

test("a text is a text", () => {
  assert.equal(plainText("a\u202eb"), "ab");
  assert.equal(plainText("x".repeat(500)).length, 400);
  assert.equal(filledIn("{a}と{b}", { a: "1" }), "1と{b}");
});
