"""The gate of `healthcare_platform`: real releases in real repositories pass, or are stopped by clause and reason."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.artifacts import yaml_text
from curriculum.artifacts.decision_log import DecisionLog
from curriculum.artifacts.derived import completed_one
from curriculum.cases import Case, load_case
from curriculum.cli import main
from curriculum.course.fixtures import Files, load_fixtures, write_files
from curriculum.learner.variant import write_stated
from curriculum.practice.gate import git
from curriculum.practice.gate.madr import decision_files, record_markdown
from curriculum.practice.gate.release import MANIFEST, POLICY, add_to_release, make_release
from curriculum.practice.gate.verdict import judge
from curriculum.support.files import FileRefused, write_whole
from graders.healthcare_platform.derived import log_derived
from tests.helpers.pilot import hand_in, with_every_rule
from tests.helpers.worlds import over_worlds

SLUG = "healthcare_platform"
CASE = load_case(SLUG, 5)
FIXTURES = load_fixtures(CASE)


def log_of(data: Any, case: Case = CASE) -> DecisionLog:
    """A log with what nobody types."""
    log = completed_one(DecisionLog.model_validate(data), log_derived, case, {})[0]
    assert isinstance(log, DecisionLog)
    return log


EXEMPLAR = with_every_rule(CASE, FIXTURES.exemplars["explainable_broad"])


def spoiled(id: str) -> Files:
    """The answers of a near-miss, with a rule for each flaw that there is."""
    miss = next(miss for miss in FIXTURES.near_misses if miss.id == id)
    return with_every_rule(CASE, FIXTURES.near_miss_files(miss))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that passes; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("sound") / "release"
    make_release(CASE, folder)
    hand_in(CASE, folder, EXEMPLAR)
    return folder


@pytest.fixture
def release(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "release"))


def gate(folder: Path, *options: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["gate", str(folder), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def change(release: Path, path: str, text: str, *, commit: bool = True) -> None:
    """Change a file as somebody with an editor would, and commit it or not."""
    if commit:
        add_to_release(CASE, release, {path: text}, "A change")
    else:
        (release / path).write_text(text, encoding="utf-8")


def changed_manifest(release: Path, **parts: dict) -> None:
    data = yaml_text.parse((release / MANIFEST).read_text(encoding="utf-8")).data
    for part, fields in parts.items():
        next(row for row in data["parts"] if row["part"] == part).update(fields)
    change(release, MANIFEST, yaml_text.dump(data))


# What passes and what is stopped


@pytest.mark.parametrize("variant", ["explainable_broad", "stronger_narrow"])
@over_worlds([0, 5, 33])
def test_exemplars_pass(tmp_path: Path, seed: int, variant: str) -> None:
    case = load_case(SLUG, seed)
    release = tmp_path / f"release {seed}"
    make_release(case, release)
    hand_in(case, release, with_every_rule(case, load_fixtures(case).exemplars[variant]))
    code, output = gate(release)
    assert (code, "passed" in output) == (0, True), output
    assert "does not say that a law is satisfied" in output and "22 November 2026" in output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("id", "clause", "rule"),
    [
        ("the_card_of_the_version_before", "mdr_technical_documentation", "mdr_technical_documentation"),
        ("the_big_test_on_the_old_screen", "iec_62366", "iec_62366"),
        ("green_tests_of_last_autumn", "iec_62304", "iec_62304"),
        ("instructions_of_the_other_screen", "qp_labelling", "qp_labelling"),
        ("approved_by_its_author", "qp_approval", "qp_approval"),
        ("approved_before_it_changed", "qp_approval", ""),
        ("an_assessment_of_care_alone", "gdpr_35_7", "gdpr_35_7"),
        ("a_high_risk_accepted", "iso_14971", "iso_14971"),
        ("cleared_for_the_wards_of_today", "fda_new_submission", "fda_new_submission"),
    ],
)
def test_a_release_with_a_flaw_is_stopped_by_its_clause(release: Path, id: str, clause: str, rule: str) -> None:
    hand_in(CASE, release, spoiled(id))
    code, output = gate(release, "--json")
    said = json.loads(output)
    assert code == 1 and said["passed"] is False
    assert (clause, rule) in [(stop["clause"], stop["rule"]) for stop in said["stops"]]
    assert all(stop["reason"] for stop in said["stops"])
    assert clause in gate(release)[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "before", "after", "clause"),
    [
        ("risk_file", "watch_plan: true", "watch_plan: false", "mdr_post_market"),
        ("model_card", 'data_sheets: ["vital_signs"', 'data_sheets: ["x_rays"', "qp_data_sheet"),
    ],
)
def test_a_missing_plan_and_a_missing_sheet_are_read_from_their_files(
    release: Path, part: str, before: str, after: str, clause: str
) -> None:
    manifest = yaml_text.parse((release / MANIFEST).read_text(encoding="utf-8")).data
    path = next(row["path"] for row in manifest["parts"] if row["part"] == part)
    text = (release / path).read_text(encoding="utf-8")
    assert before in text, text[:600]
    change(release, path, text.replace(before, after))
    stops = json.loads(gate(release, "--json")[1])["stops"]
    assert clause in [stop["rule"] for stop in stops]


@pytest.mark.slow
def test_the_same_release_has_the_same_commit(tmp_path: Path) -> None:
    commits = []
    for name in ("one", "two"):
        make_release(CASE, tmp_path / name)
        commits.append(hand_in(CASE, tmp_path / name, FIXTURES.exemplars["explainable_broad"]))
    assert commits[0] == commits[1]
    status = subprocess.run(
        ["git", "-C", str(tmp_path / "one"), "status", "--porcelain"], capture_output=True, text=True
    )
    assert (status.returncode, status.stdout) == (0, "")


# Tampering


def test_a_tampered_audit_log_is_detected(release: Path) -> None:
    log = (release / "audit/log.csv").read_text(encoding="utf-8")
    change(release, "audit/log.csv", log.replace(",walter,accepted,1,", ",sanna,accepted,1,", 1))
    code, output = gate(release)
    assert code == 1 and "[part_11]" in output and "does not verify" in output


def test_a_log_whose_last_entries_were_cut_away_still_shows_the_changed_decision(release: Path) -> None:
    decision = (release / "decisions/0003.md").read_text(encoding="utf-8")
    change(release, "decisions/0003.md", decision.replace("Bad:", "Good as well:"))
    code, output = gate(release)
    assert code == 1 and "decisions/0003.md is not the text that was accepted" in output


@pytest.mark.parametrize(
    "log", ["", "at,who\n1,2\n", "\x00", 'at,who\n"unclosed', "at,who,action,record,content,previous,entry\n"]
)
def test_a_log_that_is_no_log_stops_the_release(release: Path, log: str) -> None:
    change(release, "audit/log.csv", log, commit=False)
    code, output = gate(release)
    assert code == 1 and "[part_11]" in output


def test_a_change_that_is_not_committed_is_noticed(release: Path) -> None:
    card = release / "model/card-trees-1.4.md"
    card.write_text(card.read_text(encoding="utf-8") + "\nOne more word.\n", encoding="utf-8")
    code, output = gate(release)
    assert code == 1
    assert "not committed as it lies in the folder" in output and "does not have the fingerprint" in output


def test_a_manifest_edited_after_the_commit_is_noticed(release: Path) -> None:
    change(
        release, MANIFEST, (release / MANIFEST).read_text(encoding="utf-8").replace("2027.1", "2027.2"), commit=False
    )
    code, output = gate(release)
    assert code == 1 and f"{MANIFEST} is not committed" in output


# What a release may not bring along for itself


def only_rule(release: Path, stop_when: str) -> None:
    rule = {"name": "odd", "stop_when": stop_when, "clause": "part_11", "reason": "Odd."}
    change(release, POLICY, yaml_text.dump({"rules": [rule]}))


def test_a_policy_that_never_stops_anything_does_not_replace_the_one_of_the_base(release: Path) -> None:
    hand_in(CASE, release, spoiled("the_card_of_the_version_before"))
    base = git.resolve(git.Repository(release, release / ".git"))
    assert gate(release)[0] == 1
    only_rule(release, "nurses < 0")
    code, output = gate(release, "--base", base)
    assert code == 1 and "(rule mdr_technical_documentation)" in output and "policy of" in output


def test_a_rewritten_signature_table_is_noticed(release: Path) -> None:
    path = release / "approvals/signatures.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    change(release, "approvals/signatures.csv", "\n".join([rows[0], rows[1].replace(",20", ",19", 1), *rows[2:]]))
    code, output = gate(release)
    assert code == 1 and "approvals/signatures.csv, row 1: it is not as it was in" in output


def test_an_approval_that_came_with_the_change_does_not_count(release: Path) -> None:
    path = release / "approvals/signatures.csv"
    manifest = yaml_text.parse((release / MANIFEST).read_text(encoding="utf-8")).data
    card = next(row for row in manifest["parts"] if row["part"] == "model_card")
    added = f"sig_new,{card['path']},walter,2026-11-20,approved,{card['sha256']}\n"
    change(release, "approvals/signatures.csv", path.read_text(encoding="utf-8") + added)
    assert gate(release)[0] == 0, "rows may be added"
    changed_manifest(release, model_card={"signature": "sig_new"})
    code, output = gate(release)
    assert code == 1 and "The approval sig_new of the model card came with this change" in output


def test_a_log_that_was_cut_is_noticed_though_its_chain_holds(release: Path) -> None:
    lines = (release / "audit/log.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    change(release, "audit/log.csv", "".join(lines[:-1]))
    code, output = gate(release)
    assert code == 1 and f"audit/log.csv, entry {len(lines) - 1}: it is not as it was" in output


def test_the_manifest_is_sealed_with_the_log_so_a_cut_is_noticed_even_where_the_base_was_cut_too(
    release: Path,
) -> None:
    lines = (release / "audit/log.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    change(release, "audit/log.csv", "".join(lines[:-1]))
    code, output = gate(release, "--base", "HEAD")
    assert code == 1 and "does not hold the entry that manifest.yaml was sealed with" in output


def test_a_policy_that_would_notice_nothing_lets_nothing_pass(release: Path) -> None:
    said = json.loads(gate(release, "--json")[1])
    assert said["passed"] and said["trial"]["noticed"] >= said["trial"]["tried"] // 2
    only_rule(release, "nurses < 0")
    code, output = gate(release)
    assert code == 1 and "policy.yaml would stop nothing" in output and "the rules stop 0" in output


def test_a_release_far_ahead_is_stopped_and_the_day_of_the_judgement_can_be_given(release: Path) -> None:
    manifest = yaml_text.parse((release / MANIFEST).read_text(encoding="utf-8")).data
    day = dt.date.fromisoformat(str(manifest["released_on"]))
    assert gate(release, "--today", str(day - dt.timedelta(days=120)))[0] == 0
    code, output = gate(release, "--today", str(day - dt.timedelta(days=121)))
    assert code == 1 and "121 days after this judgement" in output
    change(release, MANIFEST, yaml_text.dump({**manifest, "released_on": "2029-01-01"}))
    code, output = gate(release)
    assert code == 1 and "2029-01-01" in output and "within 120 days" in output


def test_each_reason_has_its_own_words(release: Path) -> None:
    said = {}
    for id in ("approved_by_its_author", "approved_before_it_changed"):
        hand_in(CASE, release, spoiled(id))
        said[id] = json.loads(gate(release, "--json")[1])["stops"]
    own, stale = said.values()
    assert any("approved by its author" in because for stop in own for because in stop["because"])
    assert [stop["rule"] for stop in stale] == [""] and "was changed after its approval" in stale[0]["reason"]


@pytest.mark.slow
def test_the_verdict_lists_which_rules_ran_on_what(release: Path) -> None:
    said = json.loads(gate(release, "--json")[1])
    policy = yaml_text.parse((release / POLICY).read_text(encoding="utf-8")).data
    assert [rule["name"] for rule in said["rules"]] == [rule["name"] for rule in policy["rules"]]
    for rule in said["rules"]:
        assert rule["read"] and all(column in rule["stop_when"] for column in rule["read"])
        assert f"- {rule['name']} [{rule['clause']}] {rule['says']}: " in gate(release)[1]


# Where it lies, and whose clauses


@pytest.fixture
def in_a_repository(sound: Path, tmp_path: Path) -> Path:
    """A release as a folder of a team's own repository, brought and completed in two commits."""
    top = tmp_path / "team"
    folder = top / "products" / "pilot"
    make_release(CASE, tmp_path / "plain")
    git.create(top)
    noon = int(dt.datetime.combine(CASE.truth.calendar.today, dt.time(12), dt.UTC).timestamp())
    for number, source in enumerate((tmp_path / "plain", sound)):
        files = {
            path.relative_to(source): path for path in source.rglob("*") if path.is_file() and ".git/" not in str(path)
        }
        texts = {f"products/pilot/{name.as_posix()}": path.read_bytes() for name, path in files.items()}
        for name, text in texts.items():
            write_whole(top / name, text)
        git.commit(top, texts, f"Step {number}", f"{noon} +0000", "Ada <ada@example.org>")
    return folder


@pytest.mark.slow
def test_a_release_may_lie_in_a_folder_of_a_repository(in_a_repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, output = gate(in_a_repository)
    assert (code, output.startswith("pilot: release 2027.1 at commit ")) == (0, True), output
    monkeypatch.chdir(in_a_repository)
    code, output = gate(Path())
    assert code == 0 and output.startswith("pilot: release"), output
    card = in_a_repository / "model/card-trees-1.4.md"
    card.write_text(card.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert "not committed as it lies in the folder" in gate(Path())[1]


@pytest.mark.slow
def test_a_second_work_tree_is_judged_as_well(in_a_repository: Path, tmp_path: Path) -> None:
    top = in_a_repository.parents[1]
    subprocess.run(["git", "-C", str(top), "worktree", "add", "-q", "--detach", str(tmp_path / "second")], check=True)
    assert gate(tmp_path / "second" / "products" / "pilot")[0] == 0


def test_a_base_that_is_not_there_is_told(release: Path) -> None:
    for name in ("no-such-branch", "--output=x", ":/x"):
        code, output = gate(release, f"--base={name}")
        assert code == 2 and "There is no commit" in output


OWN = """
verified_on = 2026-11-01
waiver_days = 10

[house_rule]
instrument = "House rules"
article = "4"
demands = "Cards describe what is built."
status = "company rule"
"""


def test_a_team_brings_its_own_clause_table(release: Path, tmp_path: Path) -> None:
    table = tmp_path / "clauses.toml"
    table.write_text(OWN, encoding="utf-8")
    code, output = gate(release, "--clauses", str(table))
    assert code == 1 and "is not in the clause table" in output, "the policy names other clauses"
    rule = {"name": "few", "stop_when": "nurses < 1000", "clause": "house_rule", "reason": "Too few."}
    change(release, POLICY, yaml_text.dump({"rules": [rule]}))
    code, output = gate(release, "--clauses", str(table))
    assert code == 1 and "- House rules, 4 [house_rule] (rule few): Too few." in output
    assert "your own, clauses.toml, checked on 1 November 2026" in output
    for text in ("", "verified_on = 3\n", OWN.replace("2026-11-01", "soon"), OWN + "status = 2\n", "[", "\x00"):
        table.write_text(text, encoding="utf-8")
        code, output = gate(release, "--clauses", str(table))
        assert code == 2 and output.startswith("clauses.toml"), output
    assert gate(release, "--clauses", str(tmp_path / "none.toml"))[0] == 2


# Paths


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "model/../../outside.md",
        "..",
        ".git/config",
        "model\\..\\..\\outside.md",
        "a" * 299,
    ],
)
def test_a_manifest_cannot_name_a_path_outside_its_folder(release: Path, path: str) -> None:
    (release.parent / "outside.md").write_text("---\npart: model_card\n---\n", encoding="utf-8")
    changed_manifest(release, model_card={"path": path})
    code, output = gate(release)
    assert code == 1
    assert (
        "outside the release folder" in output
        or "is not in the release folder" in output
        or "cannot be opened" in output
    )
    assert "root:" not in output


def test_a_link_out_of_the_folder_is_not_followed(release: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("the secret", encoding="utf-8")
    card = release / "model/card-trees-1.4.md"
    card.unlink()
    card.symlink_to(secret)
    code, output = gate(release)
    assert code == 1 and "link" in output and "the secret" not in output


# Nothing of the folder is run


def test_neither_hooks_nor_filters_nor_settings_of_the_folder_are_run(release: Path, tmp_path: Path) -> None:
    trace = tmp_path / "was_run"
    script = release / ".git" / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    hooks = release / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in (
        "pre-commit",
        "post-commit",
        "reference-transaction",
        "post-index-change",
        "post-checkout",
        "fsmonitor-watchman",
    ):
        shutil.copy(script, hooks / hook)
    with (release / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(f"[core]\n\tfsmonitor = {script}\n\tpager = {script}\n\tsshCommand = {script}\n")
        config.write(f'[filter "evil"]\n\tclean = {script}\n\tsmudge = {script}\n\tprocess = {script}\n')
        config.write(f"[alias]\n\trev-parse = !{script}\n[diff]\n\texternal = {script}\n")
        config.write(f"[gpg]\n\tprogram = {script}\n[commit]\n\tgpgSign = true\n")
    change(release, ".gitattributes", "* filter=evil\n")
    hand_in(CASE, release, EXEMPLAR)
    assert gate(release)[0] == 0
    assert not trace.exists()


# Calls that are off


def test_there_has_to_be_a_release(tmp_path: Path, release: Path) -> None:
    plain, empty = tmp_path / "plain", tmp_path / "empty"
    plain.mkdir()
    git.create(empty)
    inside = release / "model"
    for folder in (tmp_path / "nowhere", plain, empty, inside, release / "README.md"):
        code, output = gate(folder)
        assert code == 2 and output.strip().endswith(".") and "Traceback" not in output, folder
        assert json.loads(gate(folder, "--json")[1])["error"]


def test_a_gate_without_rules_or_with_a_rule_that_cannot_run_judges_nothing(release: Path) -> None:
    change(release, POLICY, "waivers: []\n")
    assert gate(release)[0] == 2
    change(release, POLICY, "rules:\n  - {name: odd, stop_when: nurses <, clause: part_11, reason: odd}\n")
    code, output = gate(release)
    assert code == 2 and "odd" in output
    (release / POLICY).unlink()
    assert gate(release)[0] == 2


READ = [MANIFEST, POLICY, "audit/log.csv", "approvals/signatures.csv", "build/versions.yaml", "model/card-trees-1.4.md"]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), name=st.sampled_from(READ))
def test_random_bytes_never_pass_and_never_break_the_gate(sound: Path, data: bytes, name: str) -> None:
    kept = (sound / name).read_bytes()
    try:
        (sound / name).write_bytes(data)
        code, output = gate(sound)
        assert code in (1, 2) and "Traceback" not in output
    finally:
        (sound / name).write_bytes(kept)


def test_a_folder_that_is_there_already_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileRefused, match="move it away"):
        make_release(CASE, tmp_path / "mine")
    assert make_release(CASE, tmp_path / "new") is True
    assert make_release(CASE, tmp_path / "new") is False


def test_without_git_it_is_told(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(FileRefused, match="git is not installed"):
        judge(release)
    with pytest.raises(FileRefused, match="git is not installed"):
        git.committed(git.Repository(release, release / ".git"))


# Records


def test_a_record_is_written_as_madr_4() -> None:
    log, earlier = log_of(FIXTURES.exemplars["explainable_broad"]["decision_log"]), CASE.truth.earlier
    files, first = decision_files(log, CASE.registry), earlier.next_number
    assert sorted(files) == [*(f"decisions/{first + n:04d}.md" for n in range(3)), "decisions/README.md"]
    text = files[f"decisions/{first:04d}.md"]
    for heading in ("# Context and Problem Statement", "# Decision Drivers", "# Considered Options",
                    "# Decision Outcome", "# Consequences", "# Confirmation", "# Pros and Cons"):  # fmt: skip
        assert heading in text
    old = earlier.records[earlier.holding("model")]
    assert 'status: "accepted"' in text and f"Supersedes {old.number:04d}" in text
    index = files["decisions/README.md"]
    assert f"| {old.number:04d} | {old.label.split(' · ')[-1]} | superseded by {first:04d} |" in index


def test_a_chain_of_earlier_records_is_shown_whole() -> None:
    case = next(case for seed in range(20) if (case := load_case(SLUG, seed)).truth.earlier.next_number >= 8)
    log = log_of(load_fixtures(case).exemplars["explainable_broad"]["decision_log"], case)
    index = decision_files(log, case.registry)["decisions/README.md"]
    for record in case.truth.earlier.records.values():
        if record.supersedes:
            assert f"superseded by {record.number:04d}" in index
    assert index.count("| accepted |") == 4  # three new ones, and the one on keeping logs


def test_a_record_never_writes_over_an_accepted_one_and_shows_markup_as_text() -> None:
    data = FIXTURES.exemplars["explainable_broad"]["decision_log"]
    log = log_of({**data, "model": {**data["model"], "because": "<img src=x>"}})
    assert "<img" not in record_markdown(log.records[0], CASE.registry)
    taken = log.model_copy(update={"model": log.model.model_copy(update={"number": 3})})
    assert "decisions/0003.md" not in decision_files(taken, CASE.registry)


# The steps of the notebook


@pytest.fixture
def lesson_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / SLUG
    (folder / "answers").mkdir(parents=True)
    write_stated(folder / "answers", CASE)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.slow
def test_the_steps_of_the_notebook_lead_to_a_release_that_passes(lesson_folder: Path) -> None:
    from curriculum.notebook.desks.release import FOLDER, hand_in, release_folder, run_gate, seal, show_trace

    assert "could not judge" in run_gate().text
    assert "Write the parts" in seal().text and "no release manifest yet" in hand_in().text
    files = dict(FIXTURES.exemplars["explainable_broad"])
    write_files(files, lesson_folder / "answers")
    assert "is ready" in release_folder().text and "was there already" in release_folder().text
    assert "risk/risk-file-5.md" in seal().text
    assert "Committed" in hand_in().text
    assert "passed" in run_gate().text
    assert judge(lesson_folder / FOLDER).passed
    assert show_trace().outcome.numbers == {"whole": 7.0, "gaps": 0.0}
    handed = yaml_text.parse((lesson_folder / FOLDER / MANIFEST).read_text(encoding="utf-8")).data
    assert all(len(part["sha256"]) == 64 and part["path"] for part in handed["parts"]), "with what nobody types"
    written = yaml_text.parse((lesson_folder / "answers/release_manifest.yaml").read_text(encoding="utf-8")).data
    assert written == files["release_manifest"]


def test_nothing_is_written_while_the_notebook_is_being_graded(
    lesson_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from curriculum.notebook.desks.release import hand_in, release_folder, seal

    write_files(FIXTURES.exemplars["explainable_broad"], lesson_folder / "answers")
    before = {path: path.stat().st_mtime_ns for path in lesson_folder.rglob("*")}
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for step in (release_folder, seal, hand_in):
        assert "graded" in step().text
    assert {path: path.stat().st_mtime_ns for path in lesson_folder.rglob("*")} == before


def test_a_broken_manifest_is_told_and_left_as_it_is(lesson_folder: Path) -> None:
    from curriculum.notebook.desks.release import hand_in, seal, show_trace

    path = lesson_folder / "answers" / "release_manifest.yaml"
    path.write_text("parts: [1, 2\n", encoding="utf-8")
    for step in (seal, hand_in, show_trace):
        assert step().text
    assert path.read_text(encoding="utf-8") == "parts: [1, 2\n"
