"""A visitor who does not wait for answers: choice upon choice, to and fro; the last one stands, nothing breaks."""

from __future__ import annotations

import random

# Messages that a browser kept aged out between a request and its answer, and Streamlit gave up the connection.
HURRY = """async ([choices, pauses]) => {
  for (const [at, choice] of choices.entries()) {
    renkeiPage.choose(choice);
    await new Promise((done) => setTimeout(done, pauses[at]));
  }
}"""
PLACES = ("10444", "13112", "01631", "22130", "40130")


def test_choices_upon_choices_leave_the_last_one(visit):
    visit.open("?panel=ties")
    draw = random.Random(22)
    choices = [{"code": draw.choice(PLACES)} for _ in range(60)] + [{"code": "10444"}]
    pauses = [draw.choice((0, 5, 30, 60, 120)) for _ in choices]
    visit.evaluate(HURRY, [choices, pauses])
    visit.settle_on("() => renkeiPage.answer.query.code?.[0] === '10444'")
    visit.page.get_by_role("heading", name="群馬県川場村").wait_for()
    assert visit.errors == []
    assert visit.page.locator("[data-testid=stConnectionStatus], [role=dialog] :text('Error')").count() == 0
