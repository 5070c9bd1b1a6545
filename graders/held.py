"""What a person looks at before an answer counts: texts that are the course's own example. It changes no points."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from curriculum.artifacts.base import Artifact
from curriculum.cases import Case, load_case
from curriculum.course.fixtures import Files, load_exemplar, variants
from curriculum.support.worlds import kept_for_worlds
from curriculum.words.copied import copied
from graders.report import Held
from graders.rubric import Rubric


def held(rubric: Rubric, case: Case, artifacts: Mapping[str, Artifact]) -> tuple[Held, ...]:
    """Artifacts whose texts are, but for ids and numbers, those of an example for the learner's own world."""
    found = []
    for kind, artifact in artifacts.items():
        texts = own_texts(artifact)
        for variant in _variants(case.slug) if texts else ():
            example = _example_texts(case.slug, case.seed, variant, rubric.artifacts[kind])
            if (same := copied(texts, example)) is None:
                continue
            title = rubric.artifacts[kind].title
            what = f"{len(same.places)} texts" if len(same.places) > 1 else "words"
            sentence = (
                f"In “{title}”, {what} of yours are close to the course's own example. "
                "A person looks at both before it counts; no points are lost."
            )
            where = f"the example {variant.replace('_', ' ')}"
            found.append(Held(kind, sentence, same.passage, same.other_passage, where, same.places))
            break
    return tuple(found)


def own_texts(artifact: Artifact) -> dict[str, str]:
    """What is compared, by place: prose; the words on a screen are everybody's."""
    return {prose.place: prose.text for prose in artifact.prose if not prose.caption}


@lru_cache(maxsize=64)
def _variants(slug: str) -> tuple[str, ...]:
    try:
        return tuple(variants(slug))
    except FileNotFoundError:
        return ()


@kept_for_worlds(maxsize=1024)
def _example_texts(slug: str, seed: int, variant: str, model: type[Artifact]) -> dict[str, str]:
    files = _example(slug, seed, variant)
    return own_texts(model.model_validate(files[model.kind])) if model.kind in files else {}


@kept_for_worlds(maxsize=128)
def _example(slug: str, seed: int, variant: str) -> Files:
    return load_exemplar(load_case(slug, seed), variant)
