"""Whatever a file holds, reading it gives an artifact or sentences; nothing is executed and the file stays."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.artifacts import document, yaml_text
from curriculum.artifacts.base import Artifact
from curriculum.artifacts.flaws import Flaws
from curriculum.artifacts.reading import Problem, Reading, Unreadable, parse_artifact, read_artifact
from curriculum.authoring.hostile import NASTY, Scatterer, Stuffer, filled, has_ids, shuffled
from curriculum.authoring.subject import load_subject
from curriculum.course.catalog import load_catalog
from curriculum.support.files import MAX_BYTES
from graders.grade import grade_folder
from graders.report import Status

LESSONS = [entry.slug for entry in load_catalog().lessons]
KINDS = [(slug, kind) for slug in LESSONS for kind in load_subject(slug).rubric.artifacts]
MODELS: list[type[Artifact]] = [*(load_subject(slug).rubric.artifacts[kind] for slug, kind in KINDS), Flaws]

many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, model: type[Artifact]) -> Reading[Artifact] | list[Problem]:
    """The outcome of reading a file; anything but an artifact or told problems fails the test."""
    before = path.read_bytes()
    try:
        outcome: Reading[Artifact] | list[Problem] = read_artifact(path, model)
    except Unreadable as error:
        outcome = error.problems
        assert outcome
        for problem in outcome:
            assert str(problem).startswith(path.name)
            assert str(problem).endswith(".")
            assert len(str(problem)) < 1_200
            assert problem.found.strip()
            assert problem.expected.strip()
    assert path.read_bytes() == before
    return outcome


def as_text(data: Any) -> str:
    """Plain data as YAML: JSON is YAML too, and says exactly what is meant."""
    return json.dumps(data, ensure_ascii=False)


def refused(path: Path, data: bytes, model: type[Artifact]) -> Problem:
    path.write_bytes(data)
    outcome = read(path, model)
    assert isinstance(outcome, list), "it should not have been read"
    return outcome[0]


@many
@given(st.sampled_from(MODELS), st.binary(max_size=400))
def test_random_bytes(tmp_path: Path, model: type[Artifact], data: bytes) -> None:
    path = tmp_path / f"{model.kind}.yaml"
    path.write_bytes(data)
    read(path, model)


YAML = st.text(alphabet="abc:- \n\t'\"[]{}#&*!|>%@`,?~0123456789.\x00é\u2028", max_size=120)


@many
@given(st.sampled_from(MODELS), YAML)
def test_text_that_is_nearly_yaml(model: type[Artifact], text: str) -> None:
    try:
        parse_artifact(text, model, "a.yaml")
    except Unreadable as error:
        assert all(str(problem).startswith("a.yaml, line ") for problem in error.problems)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(NASTY),
        st.sampled_from((10**400, "9" * 5_000, -(2**63), 1e308, "2026-99-99", "0001-01-01")),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.slow
@many
@given(st.data())
def test_values_of_any_type_in_any_field(data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(MODELS))
    fields = data.draw(st.dictionaries(st.sampled_from([*model.model_fields, "unknown"]), VALUES, max_size=5))
    try:
        parse_artifact(as_text(fields), model, "a.yaml")
    except Unreadable as error:
        assert error.problems


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in places(item, (*path, key)))] if path else [
        place for key, item in items for place in places(item, (key,))
    ]  # fmt: skip


@pytest.mark.slow
@many
@given(st.data())
def test_one_wrong_value_at_any_depth_of_a_good_answer(data: st.DataObject) -> None:
    slug, kind = data.draw(st.sampled_from(KINDS))
    exemplars = load_subject(slug).fixtures(0).exemplars
    answer = json.loads(json.dumps(data.draw(st.sampled_from(list(exemplars.values())))[kind]))
    *path, last = data.draw(st.sampled_from(places(answer)))
    spot = answer
    for step in path:
        spot = spot[step]
    spot[last] = data.draw(VALUES)
    model = load_subject(slug).rubric.artifacts[kind]
    try:
        parse_artifact(as_text(answer), model, f"{kind}.yaml")
    except Unreadable as error:
        assert all(problem.expected for problem in error.problems)


@pytest.mark.slow
@many
@given(st.sampled_from(KINDS), st.randoms(use_true_random=False))
def test_whatever_the_schema_allows_is_judged(tmp_path: Path, lesson: tuple[str, str], random: Random) -> None:
    """Unknown ids, huge numbers, markup and formulas in texts: a report, never a broken check."""
    slug, _ = lesson
    subject = load_subject(slug)
    case = subject.case(random.randrange(64))
    for kind, model in subject.rubric.artifacts.items():
        text = as_text(filled(model, Scatterer(case, random)))
        (tmp_path / f"{kind}.yaml").write_text(text, "utf-8")
    report = grade_folder(subject.rubric, case, tmp_path)
    json.dumps(report.as_json(), allow_nan=False)
    for artifact in report.artifacts:
        assert artifact.status in (Status.GRADED, Status.NOT_ATTEMPTED), artifact
        assert 0 <= artifact.points <= artifact.maximum


@pytest.mark.slow
@many
@given(st.sampled_from(KINDS), st.randoms(use_true_random=False))
def test_whatever_the_schema_allows_can_be_shown_as_text(lesson: tuple[str, str], random: Random) -> None:
    slug, kind = lesson
    subject = load_subject(slug)
    case = subject.case(0)
    artifact = subject.rubric.artifacts[kind].model_validate(
        filled(subject.rubric.artifacts[kind], Scatterer(case, random))
    )
    shown = document.markdown(artifact, case.registry)
    assert "<script" not in shown
    assert "<img" not in shown


@pytest.mark.parametrize("slug", LESSONS)
def test_what_is_stored_is_read_back(slug: str) -> None:
    case = load_subject(slug).case(0)
    for model in (*load_subject(slug).rubric.artifacts.values(), Flaws):
        for seed in range(8):
            artifact = model.model_validate(filled(model, Scatterer(case, Random(seed))))
            text = yaml_text.dump(artifact.plain())
            again = parse_artifact(text, model, "a.yaml").artifact
            assert again.plain() == artifact.plain(), model.kind


class TestEveryKind:
    """Whatever the kind of artifact: what it makes of files that are well formed."""

    def test_missing(self, tmp_path: Path) -> None:
        for model in MODELS:
            with pytest.raises(FileNotFoundError):
                read_artifact(tmp_path / f"{model.kind}.yaml", model)

    @pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment\n", b"{}", b"null", b"\xef\xbb\xbf"])
    def test_empty_is_blank(self, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "a.yaml"
        path.write_bytes(data)
        outcomes = {model.kind: read(path, model) for model in MODELS}
        assert [
            kind for kind, found in outcomes.items() if isinstance(found, list) or not found.artifact.is_blank()
        ] == []

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"- 1\n- 2\n", "a list of 2"),
            (b"just words\n", "'just words' (text)"),
            (b"42", "42 (a number)"),
            (b"nothing_known: 1\n", "not known here"),
        ],
    )
    def test_no_group_of_known_fields(self, tmp_path: Path, data: bytes, words: str) -> None:
        told = {model.kind: str(refused(tmp_path / "a.yaml", data, model)) for model in MODELS}
        assert {kind: sentence for kind, sentence in told.items() if words not in sentence} == {}


@pytest.mark.parametrize("model", [MODELS[0], Flaws], ids=lambda model: model.kind)
class TestBrokenFiles:
    """Every way in which a file can be broken before anybody asks which kind of artifact it is."""

    def path(self, tmp_path: Path, model: type[Artifact]) -> Path:
        return tmp_path / f"{model.kind}.yaml"

    def test_broken(self, tmp_path: Path, model: type[Artifact]) -> None:
        found = [
            (words, str(refused(self.path(tmp_path, model), data, model)))
            for data, words in (
                (b"\xff\xfe" + "title: x".encode("utf-16-le"), "not UTF-8"),
                ("title: Zürich\n".encode("latin-1"), "line 1: found text that is not UTF-8"),
                (b"a: 1\nb: \xc3\x28\n", "line 2"),
                (b"title: \x00\n", "a character that YAML does not allow"),
                (b"title: [1, 2\n", "line "),
                (b'title: "half', "line "),
                (b"x: 1\nx: 2\n", "a second time"),
                (b"a: &a [1]\nb: *a\n", "an anchor"),
                (b"a: !!python/object/apply:os.system ['true']\n", "a tag"),
                (b"a: 1\n---\nb: 2\n", "a second document"),
                (b"<<: {a: 1}\n", "a merge key"),
                (b"? [1, 2]\n: 3\n", "a list or group as a key"),
                (b"a:\n\t- 1\n", "tab"),
            )
        ]
        assert [(words, told) for words, told in found if words not in told] == []

    def test_an_alias_bomb(self, tmp_path: Path, model: type[Artifact]) -> None:
        lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30))]
        assert "an anchor" in str(refused(self.path(tmp_path, model), "\n".join(lines).encode(), model))

    @pytest.mark.parametrize("size", [MAX_BYTES + 1, 300 * 1024, 10 * 1024 * 1024])
    def test_too_large(self, tmp_path: Path, model: type[Artifact], size: int) -> None:
        start = time.perf_counter()
        problem = refused(self.path(tmp_path, model), b"a" * size, model)
        assert "at most 256 KiB are read" in str(problem)
        assert time.perf_counter() - start < 1

    @pytest.mark.parametrize(
        "data",
        [b"[" * 50_000, b"{a: " * 50_000, b"- " * 50_000, b"a:\n" + b" - \n" * 20_000],
        ids=["lists", "groups", "items", "many items"],
    )
    def test_deep_and_long(self, tmp_path: Path, model: type[Artifact], data: bytes) -> None:
        refused(self.path(tmp_path, model), data, model)

    def test_a_link_out_of_the_folder(self, tmp_path: Path, model: type[Artifact]) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("title: secret\n")
        answers = tmp_path / "answers"
        answers.mkdir()
        (answers / f"{model.kind}.yaml").symlink_to(secret)
        with pytest.raises(Unreadable, match="a link to a place outside") as raised:
            read_artifact(answers / f"{model.kind}.yaml", model, inside=answers)
        assert "secret" not in str(raised.value)

    def test_a_pipe_and_a_folder_do_not_block(self, tmp_path: Path, model: type[Artifact]) -> None:
        path = self.path(tmp_path, model)
        os.mkfifo(path)
        with pytest.raises(Unreadable, match="not a regular file"):
            read_artifact(path, model)
        path.unlink()
        path.mkdir()
        with pytest.raises(Unreadable, match="not a regular file"):
            read_artifact(path, model)


@pytest.mark.parametrize("slug", LESSONS)
def test_stuffed_answers_are_full_and_valid(slug: str) -> None:
    """The hostile answers of the proofs really hold what they claim to."""
    subject = load_subject(slug)
    texts: list[str] = []
    for model in subject.rubric.artifacts.values():
        artifact = model.model_validate(filled(model, Stuffer(subject.case(0), "keyword " * 50)))
        blank = {name for name, value in artifact if value in (None, "", (), False)}
        assert artifact.plain().keys() == model.model_fields.keys() - blank
        texts += [text for _, text in artifact.texts()]
    assert any("keyword keyword" in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("slug", LESSONS)
def test_shuffled_answers_differ_in_ids_alone(slug: str) -> None:
    subject = load_subject(slug)
    case = subject.case(0)
    for files in subject.fixtures(0).exemplars.values():
        for kind, model in subject.rubric.artifacts.items():
            mixed = shuffled(model, files[kind], case)
            assert (mixed != files[kind]) == has_ids(model)
            assert len(yaml_text.dump(mixed).splitlines()) > 0
            model.model_validate(mixed)
