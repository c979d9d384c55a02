"""Workflows: what contributors' code hands over is only ever shown, and sites know their history.

The workflow's own scripts run in Node with a stand-in for GitHub, which no test can reach.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from plansite.model import Language
from plansite.model.translations import Words
from tests.support.git_repository import make_repository
from tests.support.paths import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="Node is not installed")

HARNESS = """
const { script, requests, artifacts, comments, sha, fork } = JSON.parse(process.argv[1])
const done = { outputs: {}, created: [], updated: [], asked: [] }
const list = (name, found) => Object.assign(() => {}, { called: name, found })
const github = {
  paginate: async (what, options) => { done.asked.push([what.called, options]); return what.found },
  rest: {
    pulls: { list: list('pulls', requests) },
    actions: { listWorkflowRunArtifacts: list('artifacts', artifacts) },
    issues: {
      listComments: list('comments', comments),
      createComment: async (options) => done.created.push(options),
      updateComment: async (options) => done.updated.push(options),
    },
  },
}
const run = {
  id: 7, head_sha: sha, head_branch: 'patch', html_url: 'https://github.example/run',
  head_repository: fork === null ? null : { owner: { login: fork } },
}
const context = { repo: { owner: 'o', repo: 'r' }, payload: { workflow_run: run } }
const core = {
  info: () => {}, warning: () => {}, setOutput: (name, value) => { done.outputs[name] = value },
}
const AsyncFunction = (async () => {}).constructor
new AsyncFunction('github', 'context', 'core', 'require', script)(github, context, core, require)
  .then(() => console.log(JSON.stringify(done)))
"""


def workflow(name: str) -> dict[str, Any]:
    content: dict[Any, Any] = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))
    content["on"] = content.pop(True)  # YAML 1.1 reads "on" so
    return content


def run_step(place: int, environment: dict[str, str] | None = None, **given: Any) -> Any:
    """Run one of comment.yml's scripts; ``given`` is what GitHub would answer."""
    step = workflow("comment.yml")["jobs"]["comment"]["steps"][place]
    answers = {"requests": [], "artifacts": [], "comments": [], "sha": "a" * 40}
    answers |= {"fork": "someone", **given}
    content = json.dumps({"script": step["with"]["script"], **answers})
    assert NODE is not None
    done = subprocess.run(
        [NODE, "-e", HARNESS, content],
        check=True, capture_output=True, text=True, env=environment or {},
    )  # fmt: skip
    return json.loads(done.stdout)


def find(**given: Any) -> dict[str, Any]:
    outputs: dict[str, Any] = run_step(0, **given)["outputs"]
    return outputs


def write(file: Path, *comments: dict[str, Any]) -> Any:
    return run_step(2, {"NUMBER": "5", "FILE": str(file)}, comments=list(comments))


def posted(tmp_path: Path, text: str | bytes) -> str:
    file = tmp_path / "diff.txt"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    done = write(file)
    assert [one["issue_number"] for one in done["created"]] == [5]
    body: str = done["created"][0]["body"]
    return body


REQUEST = {"number": 5, "head": {"sha": "a" * 40}}
ARTIFACT = {"name": "diff", "size_in_bytes": 900}


PERMISSIONS = {
    "audit.yml": {"audit": {"contents": "read"}},
    "comment.yml": {"comment": {"actions": "read", "pull-requests": "write"}},
    "publish.yml": {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    },
    "release.yml": {"bill": {"contents": "read"}, "release": {"contents": "write"}},
    "validate.yml": {key: {"contents": "read"} for key in ("site", "python", "test")},
}


def test_no_job_may_do_more_than_it_does() -> None:
    """What may write runs nothing of the repository, and keeps nothing for a later run."""
    assert sorted(PERMISSIONS) == sorted(file.name for file in WORKFLOWS.iterdir())
    for name, expected in PERMISSIONS.items():
        content = workflow(name)
        assert content["permissions"] == {}, name
        assert {key: job["permissions"] for key, job in content["jobs"].items()} == expected
        for job in content["jobs"].values():
            steps = job["steps"]
            assert not any("cache" in str(step).lower() for step in steps), name
            assert not any("${{" in step.get("run", "") for step in steps), name
            if "write" in job["permissions"].values():
                assert not any("checkout" in step.get("uses", "") for step in steps), name


def test_contributors_code_runs_with_a_token_that_only_reads() -> None:
    content = workflow("validate.yml")
    assert list(content["on"]) == ["pull_request"]
    assert all(job["permissions"] == {"contents": "read"} for job in content["jobs"].values())
    assert "secrets." not in (WORKFLOWS / "validate.yml").read_text("utf-8")


def test_the_workflow_that_writes_runs_nothing_of_a_contributor() -> None:
    content = workflow("comment.yml")
    steps = content["jobs"]["comment"]["steps"]
    assert list(content["on"]) == ["workflow_run"]
    assert not any("run" in step or "checkout" in step["uses"] for step in steps)
    assert not any("${{" in step["with"].get("script", "") for step in steps)


def test_the_comment_follows_the_workflow_that_makes_its_text() -> None:
    checked, content = workflow("validate.yml"), workflow("comment.yml")
    assert content["on"]["workflow_run"]["workflows"] == [checked["name"]]
    kept = [step.get("with", {}) for step in checked["jobs"]["site"]["steps"]]
    assert "diff.txt" in next(step["path"].split() for step in kept if step.get("name") == "diff")


def test_sites_are_built_from_the_whole_history() -> None:
    """A shallow clone would not know on which day the data last changed."""
    for name, job in (("publish.yml", "build"), ("validate.yml", "site")):
        steps = workflow(name)["jobs"][job]["steps"]
        (checkout,) = (step for step in steps if "checkout" in step.get("uses", ""))
        assert checkout["with"]["fetch-depth"] == 0, name
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert jobs["variables"]["GIT_DEPTH"] == "0"
    assert "GIT_DEPTH" not in jobs["pages"]["variables"]


def test_actions_are_pinned_and_say_which_release_that_is() -> None:
    uses = [
        (file.name, line.strip())
        for file in WORKFLOWS.glob("*.yml")
        for line in file.read_text("utf-8").splitlines()
        if "uses:" in line
    ]
    assert len(uses) > 10
    pinned = re.compile(r"(- )?uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [entry for entry in uses if not pinned.fullmatch(entry[1])] == []


def test_every_supported_python_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    jobs = workflow("validate.yml")["jobs"]
    others = jobs["python"]["strategy"]["matrix"]["python"]
    whole = jobs["test"]["steps"][1]["with"]["python-version"]
    listed = re.search(r'^supported="(.*)"$', (ROOT / "scripts/pythons.sh").read_text(), re.M)
    assert listed
    assert sorted([whole, *others]) == listed[1].split() == ["3.11", "3.12", "3.13", "3.14"]
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert gitlab["unit tests"]["parallel"]["matrix"] == [{"VERSION": others}]


def test_publishing_compares_with_what_is_published_and_runs_every_day() -> None:
    content = workflow("publish.yml")
    assert [entry["cron"].split()[2:] for entry in content["on"]["schedule"]] == [["*"] * 3]
    runs = [step.get("run", "") for step in content["jobs"]["build"]["steps"]]
    assert any('check site --previous "$SITE_URL"' in run for run in runs)
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert any('--previous "$SITE_URL"' in line for line in gitlab["pages"]["script"])


def test_a_run_that_is_tried_again_publishes_the_newest_commit(tmp_path: Path) -> None:
    """Two at once would leave whichever ends last, and an old one would put an old site back."""
    content = workflow("publish.yml")
    assert content["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    (checkout,) = (
        step for step in content["jobs"]["build"]["steps"] if "checkout" in step.get("uses", "")
    )
    assert [checkout["with"]["ref"]] == content["on"]["push"]["branches"]
    pages = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))["pages"]
    assert pages["resource_group"]
    repository = make_repository(tmp_path / "repository")
    repository.git("branch", "--move", "main", "trunk")
    clone = repository.clone()
    newest = repository.commit("Go on")
    clone.git("checkout", "--quiet", "--detach")
    for line in pages["script"][:2]:
        subprocess.run(
            ["sh", "-ec", line], cwd=clone.root, check=True,
            env={**os.environ, "CI_DEFAULT_BRANCH": "trunk"},
        )  # fmt: skip
    assert clone.git("rev-parse", "HEAD") == newest


@needs_node
def test_the_request_is_found_by_the_commit_that_was_checked() -> None:
    assert find(requests=[REQUEST], artifacts=[ARTIFACT]) == {"number": 5}
    other = {"number": 6, "head": {"sha": "b" * 40}}
    assert find(requests=[other], artifacts=[ARTIFACT]) == {}
    assert find(requests=[other, REQUEST], artifacts=[ARTIFACT]) == {"number": 5}


@needs_node
def test_nothing_is_taken_that_is_missing_or_too_large() -> None:
    assert find(requests=[REQUEST]) == {}
    assert find(requests=[REQUEST], artifacts=[{**ARTIFACT, "name": "site"}]) == {}
    assert find(requests=[REQUEST], artifacts=[{**ARTIFACT, "size_in_bytes": 10**9}]) == {}


@needs_node
def test_a_request_whose_fork_was_deleted_is_left_alone() -> None:
    assert find(artifacts=[ARTIFACT], fork=None) == {}


@needs_node
@pytest.mark.parametrize(
    "text",
    ["```\n@everyone\n# out", "`" * 5 + "\n<img src=x>", "~~~\nx", "`" * 3000 + "\nx",
     "a\0b\x1b[2J", "x" + "\U0001f4da" * 60_000, "\u202eturned", b"\xff\xfe\x00",
     "x" * 300_000, "`\n" * 100_000],
)  # fmt: skip
def test_no_text_breaks_out_of_the_comment(tmp_path: Path, text: str | bytes) -> None:
    body = posted(tmp_path, text)
    lines = body.split("\n")
    fence = lines[3].removesuffix("text")
    assert re.fullmatch("`{3,401}", fence)
    assert lines[-1] == fence
    assert not any(line.strip().startswith(fence) for line in lines[4:-1])
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\ud800-\udfff]", body)
    assert len(body) < 65_536


@needs_node
def test_a_comment_is_written_once_and_kept_up(tmp_path: Path) -> None:
    file = tmp_path / "diff.txt"
    file.write_text("数据变化：abc → 当前文件\n\n消失的行（1）\n", "utf-8")
    body = write(file)["created"][0]["body"]
    own = {"id": 9, "user": {"login": "github-actions[bot]"}, "body": body}
    forged = {"id": 8, "user": {"login": "someone"}, "body": body}
    done = write(file, forged, own)
    assert (done["created"], [one["comment_id"] for one in done["updated"]]) == ([], [9])


@needs_node
@pytest.mark.parametrize("language", Language)
def test_a_request_without_data_gets_no_comment(tmp_path: Path, language: Language) -> None:
    file = tmp_path / "diff.txt"
    file.write_text(f"数据变化：abc → 当前文件\n{Words(language)('diff.none')}\n", "utf-8")
    assert write(file)["created"] == []


@needs_node
def test_a_link_in_the_artifact_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (tmp_path / "diff.txt").symlink_to(secret)
    assert write(tmp_path / "diff.txt")["created"] == []
    assert write(tmp_path / "missing.txt")["created"] == []
