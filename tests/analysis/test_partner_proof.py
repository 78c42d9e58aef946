from __future__ import annotations

import numpy as np
import pytest

from benchmarks.held_out import FOLDS, fold_of, judge
from renkei.analysis.partners.fitting import OTHERS, Fitter, conditional_logit
from renkei.analysis.partners.ground import ground
from renkei.analysis.partners.known_pairs import THEMES_OF_SET, known_pairs
from renkei.analysis.partners.points import points


def test_a_rank_by_hand():
    """Of 50 places 0 is tied to 1 and 2; each is sought among the 47 that are neither the asker nor its partners."""
    score = np.zeros(50)
    score[1], score[10:30] = 5.0, 9.0
    found = judge([(0, 1), (2, 0), (1, 0)], lambda *_: score, np.ones(50, dtype=bool))
    # 1 stands behind the twenty of 9; 2 too, and level with the 27 others of 0, of whom half stand before it.
    assert found.hit[0] == 0
    assert found.auc[0] == pytest.approx((1 - 20 / 47 + 1 - (20 + 27 / 2) / 47) / 2)
    score[29] = 0
    assert judge([(0, 1)], lambda *_: score, np.ones(50, dtype=bool)).hit[0] == 1


def test_a_conditional_logit_finds_what_made_the_choices():
    chance = np.random.default_rng(0)
    features = chance.normal(size=(3000, 10, 2)).astype(np.float32)
    chosen = (features @ np.array([1.5, -0.5]) + chance.gumbel(size=(3000, 10))).argmax(axis=1)
    for row, place in enumerate(chosen):
        features[row, [0, place]] = features[row, [place, 0]]
    found = conditional_logit(features, np.ones(3000), np.zeros(2), 0.01)
    assert found == pytest.approx([1.5, -0.5], abs=0.1)
    held = conditional_logit(features, np.ones(3000), np.array([0.0, 2.0]), 1e6)
    assert held == pytest.approx([0, 2], abs=0.01)


def test_a_candidate_that_is_not_present_changes_nothing():
    features = np.random.default_rng(0).normal(size=(40, 6, 3)).astype(np.float32)
    present = np.ones((40, 6), dtype=bool)
    present[:, 5] = False
    without = conditional_logit(features[:, :5], np.ones(40), np.zeros(3), 1.0)
    assert conditional_logit(features, np.ones(40), np.zeros(3), 1.0, present) == pytest.approx(without, abs=1e-4)


def test_no_other_partner_of_the_asker_is_among_those_drawn(atlas):
    sample = Fitter(atlas).sample([(0, 1), (0, 2), (1, 5)])
    partners = {0: {1, 2}, 1: {0, 5}, 2: {0}, 5: {1}}
    assert sorted(set(sample.askers.tolist())) == [0, 1, 2, 5]
    for asker, (partner, *others) in zip(sample.askers.tolist(), sample.candidates.tolist(), strict=True):
        assert partner in partners[asker]
        assert len(others) == OTHERS
        assert not set(others) & {asker, *partners[asker]}


def test_only_ties_of_two_municipalities_are_tested_each_pair_once(atlas):
    known = known_pairs(atlas)
    count = len(ground(atlas).codes)
    for name in THEMES_OF_SET:
        pairs = known.pairs[name]
        assert pairs == sorted(set(pairs))
        assert all(0 <= one < other < count for one, other in pairs)
    inferred = atlas.ties()[atlas.ties()["strength"].eq("inferred")]
    assert len(inferred)
    assert known.frozen == known_pairs(atlas).frozen


def test_folds_are_even_and_never_change():
    folds = [fold_of(f"{code:05}") for code in range(1000)]
    assert set(folds) == set(range(FOLDS))
    assert fold_of("13112") == fold_of("13112")


def test_every_set_has_whole_points_for_the_same_measures(atlas):
    sets = {name: points(atlas, name) for name in THEMES_OF_SET}
    measures = {frozenset(each) for each in sets.values()}
    assert len(measures) == 1
    assert all(isinstance(number, int) for each in sets.values() for number in each.values())
    assert not any("number_of_ties" in measure for measure in next(iter(measures)))
