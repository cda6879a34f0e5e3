"""Integration with code: commits, diffs, versions, test runs, dependencies, help texts."""

from programasweights.data.oracle.areas.code_integration._banks import dashed, plain_name, source_file
from programasweights.data.oracle.banks import names, noise
from programasweights.data.oracle.draw import Draw
from programasweights.data.oracle.family import Area, Pair, Values
from programasweights.data.oracle.params import choice, labels, missing, separator, token

__all__ = ["area"]

area = Area("Integration with code")

_PLACES = (
    "login page",
    "checkout",
    "price list",
    "search",
    "invoice export",
    "calendar",
    "address form",
    "mail queue",
    "photo upload",
    "user menu",
    "settings page",
    "cart",
    "order history",
    "map view",
    "newsletter form",
)
_COMMITS = {
    "feat": ("add a dark theme to the {p}", "let users sort the {p} by date", "support CSV files in the {p}", "new button to share the {p}", "users can now undo changes in the {p}", "show the weather in the {p}", "introduce voice input for the {p}", "{p}: offer payment by invoice"),
    "fix": ("stop the {p} from crashing on empty input", "the {p} no longer shows prices twice", "correct wrong total in the {p}", "{p}: repair broken link", "{p} did not load on old phones, now it does", "handle missing names in the {p} instead of failing", "{p}: off-by-one error in the page count",
            "resolve crash when the {p} is opened twice"),
    "docs": ("explain the {p} in the README", "{p}: typo in the user guide", "describe the {p} in the manual", "add a chapter about the {p} to the handbook", "comment the public functions of the {p}", "update the screenshots of the {p} in the docs", "README: mention the {p}"),
    "test": ("add unit tests for the {p}", "cover the {p} with tests", "more test cases for the {p}", "test the {p} with empty input", "{p}: raise test coverage", "make the flaky test of the {p} stable", "write an end-to-end test for the {p}"),
    "refactor": ("split the {p} class into smaller ones, same behaviour", "rename variables in the {p} code", "move the {p} helpers to a module of their own", "simplify the loops in the {p} without changing what it does", "remove duplicate code from the {p}", "{p}: extract a base class", "tidy up the {p} code, nothing changes for users"),
    "build": ("raise the version of the PDF library", "run the CI on Python 3.12 as well", "pin all dependencies", "new Dockerfile for the {p} service", "CI: cache downloaded packages", "update eslint to version 9", "upload the built packages from the pipeline", "switch the build to Gradle"),
}  # fmt: skip


@area.family(
    "commits and diffs",
    "[classify|sort] the commit message: {feat} for something new that users can do or see, {fix} for a repaired fault, {docs} for documentation and comments, {test} for tests only, {refactor} for code that is rearranged without any change of behaviour, {build} for dependencies, packaging and CI",
    "Commit type. New function = {feat}; bug repaired = {fix}; manual, README or comments = {docs}; tests = {test}; code restructured, same behaviour = {refactor}; dependencies, build or CI = {build}",
    "Our change log is made from the commits, but nobody [writes prefixes|uses the agreed prefixes]. Tell me the type of a commit from its message: {feat} if users get something new, {fix} if a fault is removed, {docs} if only the documentation or comments change, {test} if it is about tests, {refactor} if the code is reorganised and nothing changes for users, "
    "{build} if it concerns dependencies, the build or the CI.",
    given="a commit message",
    labels=labels(feat=("feat", "feature"), fix=("fix", "bugfix"), docs=("docs", "doc"), test=("test", "tests"), refactor=("refactor", "cleanup"), build=("build", "ci")),
)  # fmt: skip
def type_of_a_commit(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_COMMITS))
    text = draw.pick(_COMMITS[kind]).format(p=draw.pick(_PLACES))
    if draw.chance(0.35):
        text += draw.pick(
            (
                f" (#{draw.randint(10, 999)})",
                f", see ticket {draw.randint(10, 999)}",
                f" [{plain_name(draw)}]",
                f"\n\nReviewed by {plain_name(draw)}.",
                f" - thanks {plain_name(draw)}",
            )
        )
    text = text[0].upper() + text[1:] if draw.chance(0.5) else text
    return noise.untidy(draw, text), p.labels[kind]


_CODE = ("total = sum(prices)", "return None", "if user.active:", "    log.info('done')", "import json", "x += 1", "for row in rows:", "    send(mail)", "limit = 50", "def parse(text):", "    raise ValueError(text)", "- [ ] write tests", "}", "name: shop", "timeout: 30", "# TODO", "print(total)",
         "const max = 8;", "cache.clear()", "--- end of part one ---", "return a - b", "## Install", "yield item")  # fmt: skip
_TALLY_FORMS = {
    "+3 -1": "+{a} -{r}", "3 added, 1 removed": "{a} added, {r} removed", "3/1 (added/removed)": "{a}/{r}", "added=3 removed=1": "added={a} removed={r}", "-1 +3": "-{r} +{a}", '{"added": 3, "removed": 1}': '{{"added": {a}, "removed": {r}}}',
    "the number of added lines minus that of removed lines (such as 2 or -1)": "{n}",
}  # fmt: skip


@area.family(
    "commits and diffs",
    "[count|add up|tally] the added and removed lines of the [diff|patch] and write them [as|in the form] {form}. Added lines start with +, removed ones with -; [the header lines with +++ and --- and a file name do not count|the +++ and --- lines that name the files are headers and do not count]",
    "[Diff|Patch|Unified diff] -> {form}. [+ lines are additions, - lines removals|+ = added, - = removed]; headers (+++ file, --- file) [are not counted|count for nothing]",
    "My [review bot|mail hook|dashboard] [posts|shows|sends] the size of a patch, as {form}. It gets a unified diff. Count the lines that begin with a + as added and those that begin with a - as removed, over all files. The lines before each hunk that name the old file (---) and the new file (+++) are no changes, and lines that begin with a space are context.",
    given="a diff",
    difficulty=3,
    form=choice(_TALLY_FORMS),
)
def tally_of_a_diff(draw: Draw, p: Values) -> Pair:
    added = removed = 0
    parts = []
    for _ in range(draw.pick((1, 1, 1, 2))):
        path = source_file(draw, draw.pick(("py", "js", "md", "yml")))
        plus, minus = draw.randint(0, 4), draw.randint(0, 3)
        plus = plus or (0 if minus else 1)
        rows = draw.mix(["+"] * plus + ["-"] * minus + [" "] * draw.randint(1, 3))
        lines = [sign + draw.pick(_CODE) for sign in rows]
        start = draw.randint(1, 200)
        parts.append(
            "\n".join(
                [
                    f"--- a/{path}",
                    f"+++ b/{path}",
                    f"@@ -{start},{len(rows) - plus} +{start},{len(rows) - minus} @@",
                    *lines,
                ]
            )
        )
        added, removed = added + plus, removed + minus
    return "\n".join(parts), p.form.format(a=added, r=removed, n=added - removed)


_STATUS_SIGNS = {"modified": " M", "new": "??", "deleted": " D", "staged": "M ", "added": "A "}


@area.family(
    "commits and diffs",
    "[list|give] the paths of the {kind} files in the output of git status --short, [in the order shown|in this order], separated by {separator}; {none} if there are none. The two columns before a path: '??' untracked, ' M' changed but not staged, 'M ' changed and staged, ' D' deleted, 'A ' newly added",
    "git status --short -> {kind} files, {separator} between, [order kept|same order]; no such file: {none}. ?? = untracked, M in column 2 = changed and not staged, M in column 1 = changed and staged, D = deleted, A = added",
    "A [hook|script] of mine has to look at the {kind} files before a commit. It reads git status --short, where two columns stand before each path: ?? means untracked, an M in the first column changed and staged, an M in the second column changed and not staged, a D deleted, an A newly added. "
    "[Write|Print] the paths in the order shown with {separator} between them, or {none} when there are none.",
    given="the output of git status --short",
    kind=choice({"untracked": ("new",), "changed but unstaged": ("modified",), "deleted": ("deleted",), "staged (changed or added)": ("staged", "added"), "changed (staged or not)": ("modified", "staged"), "changed and staged": ("staged",), "newly added": ("added",)}),
    separator=separator(),
    none=missing("clean"),
)  # fmt: skip
def files_in_git_status(draw: Draw, p: Values) -> Pair:
    others = [k for k in _STATUS_SIGNS if k not in p.kind]
    kinds = draw.mix(
        [draw.pick(p.kind) for _ in range(draw.pick((0, 1, 1, 2, 3)))]
        + [draw.pick(others) for _ in range(draw.randint(1, 3))]
    )
    paths: dict[str, str] = {}
    for kind in kinds:
        path = draw.pick(
            (
                source_file(draw, "py"),
                source_file(draw, "ts"),
                "README.md",
                "Makefile",
                source_file(draw, "css"),
                f"docs/{names.last_name(draw).split()[0].lower()}.md",
                f"data/{draw.randint(1, 99)}.csv",
            )
        )
        paths.setdefault(path, kind)
    found = [path for path, kind in paths.items() if kind in p.kind]
    return "\n".join(f"{_STATUS_SIGNS[kind]} {path}" for path, kind in paths.items()), p.separator.join(
        found
    ) or p.none


_BREAKING = (
    "the {p} endpoint was removed",
    "the order of the arguments of load_{w}() changed",
    "{w}() now returns a list instead of a string",
    "dropped support for Python 3.8",
    "renamed the setting {w}_dir",
    "the old {p} format can no longer be read",
)
_MINOR = (
    "new option to hide the {p}",
    "added export_{w}()",
    "{p}: dark theme",
    "the {p} can now be sorted",
    "support for Arabic in the {p}",
    "new command '{w} list'",
)
_PATCH = (
    "fixed a crash in the {p}",
    "{p} no longer shows items twice",
    "corrected a wrong total in the {p}",
    "fixed a memory leak in {w}()",
    "typo in an error message of the {p}",
    "{p}: repaired a broken link",
)


@area.family(
    "versions and dependencies",
    "[give|work out|compute] the next version number from the current one and the changes. [Something existing breaks, is removed or renamed|If anything existing is removed, renamed or incompatible]: {breaking}. Otherwise, something new: raise the second number and set the third to 0. Only repairs: raise the third number. [Write it|Written] {form}",
    "[Version bump|Next version|Semver-like bump]: incompatible change or removal -> {breaking}; else new feature -> second number +1, third 0; else (repairs only) third number +1. [Output|Result|Answer] {form}",
    "I want to [automate|script|speed up] our releases. From the current version MAJOR.MINOR.PATCH and a list of changes, compute the next one. One incompatible change is enough (something was removed, renamed or behaves differently): then {breaking}. If there is none but something new was added, MINOR goes up by one and PATCH becomes 0. "
    "If all changes are repairs, PATCH goes up by one. [Give it|Write it] {form}.",
    given="a version and a list of changes",
    difficulty=3,
    breaking=choice({
        "raise the first number and set the others to 0": "major", "first number plus one, the rest 0": "major",
        "raise the first number and set the others to 0, but as long as the first number is 0 raise the second instead and set the third to 0": "minor0", "first number plus one and the rest 0, except that 0.y.z becomes 0.(y+1).0": "minor0",
    }),
    form=choice({"without a v": "{}", "with a v in front": "v{}", "as plain numbers with dots": "{}", "as a tag like v1.2.3": "v{}", "like release-1.2.3": "release-{}", "like ==1.2.3": "=={}"}),
)  # fmt: skip
def next_version_for_changes(draw: Draw, p: Values) -> Pair:
    major, minor, patch = draw.pick((0, 0, 1, 2, 3, 5, 11)), draw.randint(0, 14), draw.randint(0, 12)
    kind = draw.pick(("break", "new", "fix"))
    pool = [draw.pick(_PATCH) for _ in range(draw.randint(0 if kind != "fix" else 1, 2))]
    if kind != "fix":
        pool += draw.some(_MINOR, 1, 2) if kind == "new" or draw.chance(0.5) else []
    if kind == "break":
        pool.append(draw.pick(_BREAKING))
    changes = [
        c.format(p=draw.pick(_PLACES), w=draw.pick(("report", "image", "table", "feed", "user", "config")))
        for c in draw.mix(pool)
    ]
    now = f"{major}.{minor}.{patch}"
    head = draw.pick(
        ("Current version: {v}", "{v}", "last release: v{v}", "We are at {v}.", "version = {v}")
    ).format(v=now)
    bullet = draw.pick(("- ", "* ", "", "+ "))
    if kind == "break":
        after = (0, minor + 1, 0) if p.breaking == "minor0" and major == 0 else (major + 1, 0, 0)
    else:
        after = (major, minor + 1, 0) if kind == "new" else (major, minor, patch + 1)
    return "\n".join([head, *(bullet + c for c in changes)]), p.form.format(".".join(map(str, after)))


_PACKAGES = "requests numpy flask django pandas click rich pytest httpx pydantic celery redis jinja2 pillow scipy attrs boto3 uvicorn lxml tqdm mypy black ruff gunicorn psycopg".split()
_NOTATIONS = {
    "name@version": "{n}@{v}",
    "name version (one space)": "{n} {v}",
    '"name": "version"': '"{n}": "{v}"',
    "name-version": "{n}-{v}",
    "name (version)": "{n} ({v})",
    "name = version": "{n} = {v}",
    "version of name": "{v} of {n}",
}


@area.family(
    "versions and dependencies",
    "[list|give] the packages of the requirements file {rule}, as {form}, [in the order of the file|in file order], separated by {separator}; {none} if there are none. [Extras in square brackets and comments after # are left out|Drop comments (#) and extras in square brackets]",
    "requirements.txt: packages {rule} -> {form}, order of the file, {separator} between; no such package: {none}. Comments and [extras] do not belong to the answer",
    "I check the requirements files of [several teams|our repositories] by script. Pick the lines {rule} and write each as {form}, without the comparison sign, with {separator} between them, in the order of the file. Comments start with #, and extras such as [all] after a name are to be dropped. If no line qualifies, write {none}.",
    given="a requirements file",
    form=choice(_NOTATIONS),
    rule=choice({"pinned to one version with ==": ("==",), "that are fixed to an exact version (==)": ("==",), "with a lower bound only (>=)": (">=",), "that give a minimum version with >=": (">=",), "with a compatible release (~=)": ("~=",), "that are pinned (==) or compatible (~=)": ("==", "~=")}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def packages_in_requirements(draw: Draw, p: Values) -> Pair:
    lines, found = [], []
    wanted = draw.pick((0, 1, 1, 2, 2))
    signs = [draw.pick(p.rule) for _ in range(wanted)] + [
        draw.pick([s for s in ("==", ">=", "~=", "", "<") if s not in p.rule])
        for _ in range(draw.randint(1, 3))
    ]
    packages = draw.some(_PACKAGES, len(signs))
    for name, sign in zip(packages, draw.mix(signs), strict=True):
        version = draw.pick(("{a}.{b}", "{a}.{b}.{c}", "{a}.{b}.{c}")).format(
            a=draw.randint(0, 24), b=draw.randint(0, 19), c=draw.randint(0, 9)
        )
        comment = draw.pick(
            (
                "",
                "",
                "",
                "  # see ticket {n}",
                "  # {m} needs it",
                "  # do not update before May",
                "  # was ==1.{n}",
            )
        ).format(n=draw.randint(2, 99), m=plain_name(draw))
        gap = draw.pick(("", "", " ")) if sign else ""
        lines.append(
            f"{name}{draw.pick(('', '', '', '[all]'))}{gap}{sign}{gap}{version if sign else ''}{comment}"
        )
        if sign in p.rule:
            found.append(p.form.format(n=name, v=version))
    return "\n".join(lines), p.separator.join(found) or p.none


_TESTS = "login logout empty_cart total_price bad_email upload search sort_by_date export_csv time_zone long_name two_users unicode retry cancel_order refund negative_amount".split()
_MARKS = {
    "passed": ("PASSED", "ok", "✓", "PASS"),
    "failed": ("FAILED", "not ok", "✗", "FAIL"),
    "skipped": ("SKIPPED", "skip", "-", "SKIP"),
}
_RUN_FORMS = {
    "2 passed, 1 failed, 0 skipped": "{p} passed, {f} failed, {s} skipped", "passed=2 failed=1 skipped=0": "passed={p} failed={f} skipped={s}", "2/1/0 (passed/failed/skipped)": "{p}/{f}/{s}", "failed tests of tests that were run, such as 1 of 3 (skipped tests were not run)": "{f} of {r}",
    "F1 S0 P2 (failed, skipped, passed)": "F{f} S{s} P{p}", "1 failure(s), 2 ok, 0 skipped": "{f} failure(s), {p} ok, {s} skipped",
}  # fmt: skip


def _run(draw: Draw) -> tuple[list[str], dict[str, list[str]]]:
    """Lines of a test run, and the names of its tests by outcome."""
    style = draw.randrange(4)
    form = (
        draw.pick(("test_{n} {m}", "tests/test_app.py::test_{n} {m}")),
        "{m} {i} - test_{n}",
        "  {m} test_{n}{t}",
        "{m} test_{n}{t}",
    )[style]
    by: dict[str, list[str]] = {kind: [] for kind in _MARKS}
    lines = []
    weights = draw.pick(
        (("passed", "passed", "failed"), ("passed", "failed", "skipped"), ("passed", "passed", "skipped"))
    )
    for place, name in enumerate(draw.some(_TESTS, 2, 6)):
        kind = draw.pick(weights)
        by[kind].append(f"test_{name}")
        time = draw.pick(("", f" ({draw.randint(2, 900)} ms)")) if style > 1 else ""
        lines.append(form.format(n=name, m=_MARKS[kind][style], i=place + 1, t=time))
    return lines, by


@area.family(
    "test runs and tools",
    "[sum up|summarise|condense] the [test run|test output|test log] [as|in the form] {form}. [Good ones|Passed tests] are marked PASSED, PASS, ok or ✓, failed ones FAILED, FAIL, not ok or ✗, skipped ones SKIPPED, SKIP, skip or -",
    "[Test output|Test run|Test log] -> {form}. Passed: PASSED/PASS/ok/✓; failed: FAILED/FAIL/not ok/✗; skipped: SKIPPED/SKIP/skip/-[. One line.|]",
    "[Four test tools|Several test tools|All our teams' test tools] [report|write] to one channel, and I want the same short line for all: {form}. Depending on the tool a passed test is marked PASSED, PASS, ok or ✓, a failed one FAILED, FAIL, not ok or ✗, and a skipped one SKIPPED, SKIP, skip or -. Count [them|the tests] and fill in the numbers.",
    given="the output of a test run",
    form=choice(_RUN_FORMS),
)
def summary_of_a_test_run(draw: Draw, p: Values) -> Pair:
    lines, by = _run(draw)
    ok, bad, skipped = (len(by[k]) for k in ("passed", "failed", "skipped"))
    return "\n".join(lines), p.form.format(p=ok, f=bad, s=skipped, r=ok + bad)


@area.family(
    "test runs and tools",
    "[list|give] the names of the {kind} tests{style}, [in the order of the output|in their order], separated by {separator}; {none} if there are none. [Marks:|The marks are] PASSED, PASS, ok, ✓ (passed); FAILED, FAIL, not ok, ✗ (failed); SKIPPED, SKIP, skip, - (skipped)",
    "Names of {kind} tests{style}, joined with {separator} ({none} if none). ✓/ok/PASS/PASSED = passed, ✗/not ok/FAIL/FAILED = failed, -/skip/SKIP/SKIPPED = skipped",
    "After a test run my script [makes a note of|posts a list of] the {kind} tests, so it needs their names{style} in the order of the output, with {separator} in between, and {none} if there are none. The tools mark passed tests with PASSED, PASS, ok or ✓, failed tests with FAILED, FAIL, not ok or ✗, "
    "and skipped tests with SKIPPED, SKIP, skip or -. File names, numbers and times are not wanted.",
    given="the output of a test run",
    kind=choice(
        {
            "failed": ("failed",),
            "skipped": ("skipped",),
            "failed or skipped": ("failed", "skipped"),
            "passed": ("passed",),
        }
    ),
    style=choice(
        {
            " with the test_ at the start": True,
            " without the test_ at the start": False,
            " including the leading test_": True,
            " minus the leading test_": False,
        }
    ),
    separator=separator(),
    none=missing("all good"),
)
def tests_with_an_outcome(draw: Draw, p: Values) -> Pair:
    lines, by = _run(draw)
    shown = [line.split("test_")[-1].split()[0] for line in lines]
    found = [n for n in shown if any(f"test_{n}" in by[k] for k in p.kind)]
    return "\n".join(lines), p.separator.join(f"test_{n}" if p.style else n for n in found) or p.none


_HELP = (
    ("o", "output", "FILE", "write the result to FILE"), ("v", "verbose", "", "print more messages"), ("q", "quiet", "", "print nothing"), ("n", "lines", "N", "number of lines to show"), ("f", "force", "", "overwrite existing files"),
    ("t", "timeout", "SECONDS", "give up after this time"), ("c", "config", "PATH", "read settings from PATH"), ("j", "jobs", "N", "run this many jobs at once"), ("r", "recursive", "", "include sub-folders"), ("u", "user", "NAME", "sign in as NAME"),
    ("x", "exclude", "PATTERN", "leave out matching files"), ("d", "dry-run", "", "only show what would be done"), ("p", "port", "PORT", "listen on PORT"), ("e", "encoding", "NAME", "encoding of the input"), ("s", "sort", "KEY", "sort by KEY"), ("k", "keep", "", "keep temporary files"),
)  # fmt: skip
_HELP_DEFAULTS = {
    "N": "4",
    "SECONDS": "30",
    "PORT": "8080",
    "KEY": "name",
    "PATH": "app.ini",
    "NAME": "guest",
    "FILE": "out.txt",
    "PATTERN": "*.tmp",
}


@area.family(
    "test runs and tools",
    "[read|parse] the --help text and list the long options {rule}, {dashes}, in the order of the text, separated by {separator}; {none} if there are none. [An option that takes a value shows its name in capitals|A word in capitals after an option stands for its value]; defaults stand in brackets",
    "Help text -> long options {rule}, {dashes}, joined by {separator}; {none} if no option qualifies. [CAPITALS after an option = takes a value|WORD in capitals = value]; (default: x) = has a default",
    "I am writing a [shell completion|graphical front end] for command line tools and only have their help texts. From such a text I need the long options {rule}: {dashes}, in the same order, with {separator} between, or {none}. Where an option takes a value, a word in capitals such as FILE follows it; a default is written as (default: ...).",
    given="the help text of a program",
    rule=choice({"that take a value": "value", "which need a value": "value", "that take no value": "bare", "without a value (switches)": "bare", "with a default": "default", "for which a default is stated": "default", "that have no short form": "long", "without a one-letter form": "long"}),
    dashes=choice({"with the two dashes": "--", "dashes included": "--", "without the dashes": "", "no dashes": ""}),
    separator=separator(),
    none=missing(),
)  # fmt: skip
def options_in_a_help_text(draw: Draw, p: Values) -> Pair:
    tool = draw.pick(("imgtool", "shopctl", "logview", "syncer", "mailcat", "tabler", "packit"))
    found, lines = [], [f"Usage: {tool} [options] {draw.pick(('FILE', 'DIR', 'INPUT...'))}", ""]
    for short, long, value, meaning in draw.some(_HELP, 3, 5):
        has_short, has_default = draw.chance(0.6), bool(value) and draw.chance(0.5)
        left = (f"-{short}, " if has_short else "    ") + f"--{long}" + (f" {value}" if value else "")
        lines.append(
            f"  {left:<24} {meaning}" + (f" (default: {_HELP_DEFAULTS[value]})" if has_default else "")
        )
        if {"value": bool(value), "bare": not value, "default": has_default, "long": not has_short}[p.rule]:
            found.append(p.dashes + long)
    return "\n".join(lines), p.separator.join(found) or p.none


_TICKET_TITLES = {"bug": ("{p} crashes on empty input", "wrong total in {p}", "{p} shows items twice", "cannot open {p} on old phones"), "story": ("export {p} as PDF", "dark theme for {p}", "sort {p} by date", "share {p} by mail"),
                  "chore": ("update libraries of {p}", "remove dead code from {p}", "move {p} to new server", "tidy up tests of {p}")}  # fmt: skip


@area.family(
    "commits and diffs",
    "[make|build] a git branch name from the ticket: {bug} for bugs, {story} for new features and {chore} for maintenance, a slash, the ticket number {case}, a hyphen, and the first {count} words of the title in lower case with hyphens between them",
    "Ticket to branch name: TYPE/NUMBER-words. TYPE = {bug} (bug), {story} (feature), {chore} (maintenance); number {case}; first {count} words of the title, lower case, hyphens between",
    "Everybody in my team names branches [differently|as they like], so I want to derive the name from the ticket. It starts with {bug} when the ticket is a bug, {story} when it is a feature, {chore} when it is maintenance; then come a slash, the ticket number {case}, a hyphen, and the title cut to its first {count} words, in lower case, "
    "words joined by hyphens.",
    given="a ticket with number, type and title",
    bug=token("fix", "bugfix", "bug", "hotfix"),
    story=token("feature", "feat", "new", "story"),
    chore=token("chore", "maint", "task", "cleanup"),
    case=choice(
        {"in lower case": "lower", "as it is": "str", "in small letters": "lower", "unchanged": "str"}
    ),
    count=choice({"two": 2, "three": 3, "four": 4}),
)
def branch_name_for_a_ticket(draw: Draw, p: Values) -> Pair:
    kind = draw.pick(tuple(_TICKET_TITLES))
    ticket = f"{draw.pick(('SHOP', 'APP', 'OPS', 'WEB', 'CRM', 'DATA'))}-{draw.randint(3, 4999)}"
    title = draw.pick(_TICKET_TITLES[kind]).format(p=draw.pick(_PLACES))
    title = title[0].upper() + title[1:] if draw.chance(0.7) else title
    said = draw.pick(
        {
            "bug": ("bug", "Bug", "BUG"),
            "story": ("feature", "Feature", "new feature"),
            "chore": ("maintenance", "Maintenance", "MAINTENANCE"),
        }[kind]
    )
    text = draw.pick(
        (
            "{n} [{k}] {t}",
            "{n} ({k}): {t}",
            "{k} {n}: {t}",
            "Number: {n}\nType: {k}\nTitle: {t}",
            "{n} | {k} | {t}",
            "title: {t}\ntype: {k}\nnumber: {n}",
        )
    ).format(n=ticket, k=said, t=title)
    return (
        text,
        f"{getattr(p, kind)}/{ticket.lower() if p.case == 'lower' else ticket}-{dashed(' '.join(title.split()[: p.count]))}",
    )
