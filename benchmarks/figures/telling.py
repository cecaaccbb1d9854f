"""Tells figures in words, each function those that one command wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.newsroom.judge import DEPTHS

Figures = Any
"""What a command wrote as JSON."""


def percent(share: float) -> str:
    """Formats a share as a percentage."""
    return f"{100 * share:.0f} %"


def part(share: float) -> str:
    """Formats a number in [0, 1] with two decimals, or three if it is below .1: .61, .021."""
    return f"{share:.3f}".removeprefix("0") if 0 < share < 0.1 else f"{share:.2f}".removeprefix("0")


def number(value: float) -> str:
    """Formats a count, or a number with three significant digits."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def spans(report: Figures) -> str:
    """Of a file of `benchmarks.reading`: the spans of questions that all have an answer."""
    best = report["always"]
    return f"EM {best['exact_match']:.1f}, F1 {best['f1']:.1f} ({report['questions']:,} questions)"


def unanswerable(report: Figures) -> str:
    """Of a file of `benchmarks.reading`: questions of which some have no answer, at the shipped threshold."""
    shipped = report["shipped"]
    return (
        f"F1 {shipped['f1']:.1f}; of the questions without an answer {shipped['no_answer_right']:.0f} % left"
        f" unanswered ({report['questions']:,} questions)"
    )


def seed_questions(found: Figures) -> str:
    """Of `rag eval`: what was answered of the questions with an answer, and what was left of the others."""
    has, none = found["has_answer"], found["no_answer"]
    right, left = round(has["right"] * has["questions"]), none["rightly_abstained"]
    wrong = has["questions"] - right - has["wrongly_abstained"]
    return (
        f"{right} right, {wrong} wrong, {has['wrongly_abstained']} left unanswered by mistake; of {none['questions']}"
        f" without an answer {left} left unanswered"
    )


def typed(found: Figures) -> str:
    """Of `benchmarks.open`: typed questions."""
    holds = percent(found["quote_holds_answer_of_answered"])
    return (
        f"F1 {part(found['f1'])}; {percent(found['answered'])} answered; of those the quotes hold an answer in {holds}"
    )


def marked(report: Figures) -> str:
    """Of a file of `benchmarks.evidence`: the sentences quoted, against those that people marked."""
    return f"F1 {part(report['f1'])} (precision {part(report['precision'])}, recall {part(report['recall'])})"


def disagreement(found: Figures) -> str:
    """Of `benchmarks.disagreement`: which value leads, by how many false articles were added."""

    def told(name: str) -> str:
        each = found[name]
        return (
            f"{name}: the right value leads in {percent(each['right leads'])}, the false one in"
            f" {percent(each['false leads'])}, both are shown in {percent(each['both shown'])}"
        )

    added = [told(name) for name in found if name.endswith(" added")]
    held, every = found["right value found"], found["questions"]
    return f"{held} of {every} are answered with the right value; of these {'; '.join(added)}"


def newsroom(found: Figures) -> str:
    """Of `benchmarks.newsroom`: all questions."""
    depths = ", ".join(map(str, DEPTHS))
    facts = ", ".join(part(found[f"vital facts in {words} words"]) for words in DEPTHS)
    return (
        f"{_outcomes(found)}, helped {percent(found['helped'])}; vital facts in {depths} words {facts};"
        f" {_left(found)}; {number(found['words'])} words (median)"
    )


def crossed(found: Figures) -> str:
    """Of `training.quotes`: the outcomes, cross-validated."""
    return f"{_outcomes(found)}; {_left(found)}"


def _outcomes(found: Figures) -> str:
    return f"{percent(found['right'])} right, {percent(found['wrong'])} wrong, {percent(found['silent'])} silent"


def _left(found: Figures) -> str:
    return f"unanswerable left unanswered {percent(found['left unanswered'])}"


def surely(found: Figures) -> str:
    """Of `training.quotes`: the confidence, cross-validated."""
    return (
        f"AUC of the confidence: right against not {part(found['AUC right'])}, answerable against not"
        f" {part(found['AUC answerable'])}; calibration error {part(found['calibration error'])}"
    )


def large(found: Figures) -> str:
    """Of `benchmarks.open`: quiz questions over an archive."""
    held = percent(found["recall"]["@20"])
    surest = 1 - found["risk_at_coverage"]["25%"]
    return (
        f"{found['articles']:,} articles, {found['passages']:,} passages: one of the 20 found holds the answer in"
        f" {held}; {percent(found['answered'])} answered, F1 {part(found['f1_of_answered'])} of those,"
        f" {part(surest)} for the surest quarter; the quotes hold an answer in"
        f" {percent(found['quote_holds_answer_of_answered'])} of those, calibration error"
        f" {part(found['calibration_error'])}"
    )


def retrieved(found: Figures) -> str:
    """Of `benchmarks.open`: articles with relevance judgements."""
    return f"{part(found['@5'])}; {part(found['mrr'])}"


def confidence(found: Figures) -> str:
    """Of `training.calibrate`: the confidence, cross-validated."""
    return (
        f"calibration error {part(found['calibration_error'])}; {percent(found['shown'])} answered,"
        f" {percent(found['precision_of_shown'])} of those right by the gold answers"
    )


def attributed(kind: str, found: Figures) -> str:
    """Of `benchmarks.attribution`: attributions of one kind."""
    row = next(one for one in found if one["kind"] == kind)
    return (
        f"of those named {part(row['precision'])} right; named rightly {part(row['recall'])} of {row['attributions']:,}"
    )


def pages(found: Figures) -> str:
    """Of `benchmarks.askers`: many who ask at once."""
    return (
        f"{found['answered']:,} of {found['questions']:,} answered; 95th percentile {found['p95_ms'] / 1000:.1f} s;"
        f" {found['questions_per_s']} questions a second; {found['peak_memory_mb']:,} MB at most"
    )


def page(found: Figures) -> str:
    """Of `benchmarks.page`: the first and the second visit."""

    def told(visit: Mapping[str, float]) -> str:
        paint, typed, size = visit["first_paint_ms"], visit["can_type_ms"], visit["bytes"]
        return f"first paint after {paint:,.0f} ms, one can type after {typed:,.0f} ms, {size / 1024:,.0f} KB are sent"

    return f"{told(found['first'])}; the second time {told(found['second'])}"


def standing(found: Figures) -> str:
    """Of `benchmarks.standing`: the replayed days."""
    own, anew = found["seconds"], found["seconds_anew"]
    return (
        f"precision {part(found['precision'])}, recall {part(found['recall'])} of {found['changes_anew']} changes that"
        f" asking everything anew reports; {percent(found['asked'])} of the questions asked again;"
        f" {own:.1f} s a day for the questions (all of them anew {anew:.1f})"
    )


def stages(found: Figures) -> str:
    """Of `benchmarks.profile`: a question, beside the floor of the models' arithmetic."""
    floor = sum(found["floor_ms"].values())
    return f"{found['ms']['all']:.0f} ms, {found['ms']['all'] / floor:.1f} times the models' matrix products alone"


def completed(name: str, found: Figures) -> str:
    """Of `benchmarks.followups`: what the question retrieves, completed and as asked."""
    return f"{part(found[name]['completed']['MRR'])} (the question as asked {part(found[name]['raw']['MRR'])})"


def untouched(found: Figures) -> str:
    """Of `benchmarks.followups`: questions that stand alone and were left as they are."""
    alone = found["standing alone, quiz"]
    return f"{100 * (1 - alone['touched']):.1f} % of {alone['questions']:,}"


def sentences(form: str, found: Figures) -> str:
    """Of `benchmarks.sentences`: sentence ends in one form of the text."""
    by = {one["splitter"]: one["ends"]["f1"] for one in found["quality"] if one["text"] == form}
    return f"F1 {part(by['ours'])} (sentencex {part(by['sentencex'])})"


def forms(found: Figures) -> str:
    """Of `benchmarks.embedding`: both forms of the embedder."""
    told = {name: f"recall@5 {part(found[name]['@5'])}, MRR {part(found[name]['mrr'])}" for name in ("int8", "float32")}
    return f"{told['int8']} (in fp32 {told['float32']})"


def arrivals(found: Figures) -> str:
    """Of `benchmarks.standing`: seconds until the followed questions were checked."""
    median, late, most = found["arrival"]
    return f"median {median:.1f} s, 95th percentile {late:.1f}, most {most:.1f}"


def file(found: Figures) -> str:
    """Of `benchmarks.bulk`: the rates of a file and of questions one by one."""
    return (
        f"{found['file']:.1f} a second; one by one {found['one_core']:.1f} on one core,"
        f" {found['all_cores']:.1f} on all; that is {part(found['share'])} of one core's rate times the cores"
    )
