"""Programs: found, read, sent, taken, changed, given up; and their test cases."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from programasweights.errors import PawFileError
from programasweights.program import from_bytes
from programasweights.server.access import AnyCaller, Caller, UserCaller
from programasweights.server.api.common import API, RefPath, api_router
from programasweights.server.api.running import run_inputs
from programasweights.server.catalogue import MAX_PER_PAGE, Sort
from programasweights.server.errors import ApiError
from programasweights.server.schemas import (
    LARGEST,
    CaseAnswer,
    CaseBody,
    CaseResult,
    CasesAnswer,
    CheckAnswer,
    PatchBody,
    PatchedAnswer,
    ProgramAnswer,
    ProgramsAnswer,
    ResolveAnswer,
    Tags,
    VersionAnswer,
    VersionsAnswer,
)
from programasweights.server.services import Services
from programasweights.server.strict import check_text

__all__ = ["router"]

_PAW_TYPE = "application/octet-stream"
_BYTES: dict[str, Any] = {"content": {_PAW_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
_SCORE = "test cases"
"""Name of the score that checking the owner's test cases gives."""

CaseId = Annotated[int, Path(ge=1, le=LARGEST)]


def router(services: Services) -> APIRouter:
    """The routes; those with more path after the reference come first, since a reference may hold slashes."""
    routes = api_router("programs")
    _add_cases(routes, services)
    _add_reading(routes, services)
    _add_changing(routes, services)
    return routes


def _add_reading(routes: APIRouter, services: Services) -> None:
    catalogue = services.catalogue

    @routes.get(f"{API}/programs")
    def list_programs(
        who: AnyCaller,
        q: Annotated[str, Query(max_length=500, description="Words that must all be found.")] = "",
        tag: Annotated[str | None, Query(max_length=40)] = None,
        mine: Annotated[bool, Query(description="Only what the caller holds.")] = False,
        sort: Annotated[
            Sort | Literal["recent"], Query(description="recent is new, as the public SDK says.")
        ] = "new",
        page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
        per_page: Annotated[int, Query(ge=1, le=MAX_PER_PAGE)] = 20,
    ) -> ProgramsAnswer:
        """Programs that the caller may see."""
        if mine:
            _ = who.user
        order: Sort = "new" if sort == "recent" else sort
        found = catalogue.search(
            who.viewer, text=q, tag=tag, mine=mine, sort=order, page=page, per_page=per_page
        )
        programs = [ProgramAnswer.of(entry) for entry in found.programs]
        return ProgramsAnswer(programs=programs, total=found.total, page=found.page, per_page=found.per_page)

    @routes.get(f"{API}/programs/resolve/{{ref:path}}")
    def resolve(ref: RefPath, who: AnyCaller) -> ResolveAnswer:
        """The program that a reference means."""
        found = catalogue.resolve(ref, who.viewer)
        return ResolveAnswer(program_id=found.program_id, slug=found.slug, version=found.version)

    @routes.get(f"{API}/programs/{{ref:path}}/versions")
    def versions(ref: RefPath, who: AnyCaller) -> VersionsAnswer:
        """What a slug meant over time."""
        found = catalogue.versions(ref, who.viewer)
        shown = [
            VersionAnswer(
                version=v.version, program_id=v.program_id, created_at=v.created_at, is_main=v.is_main
            )
            for v in found.versions
        ]
        return VersionsAnswer(slug=found.slug, main_version=found.main_version, versions=shown)

    @routes.get(
        f"{API}/programs/{{ref:path}}/paw",
        response_class=Response,
        responses={200: _BYTES | {"description": "The file."}, 304: {"description": "As the client has it."}},
    )
    def paw_file(ref: RefPath, who: AnyCaller, request: Request) -> Response:
        """The program's `.paw` file. Its entity tag is the program's id."""
        program_id = catalogue.resolve(ref, who.viewer).program_id
        headers = {"ETag": f'"{program_id}"', "Cache-Control": "private, no-cache"}
        if f'"{program_id}"' in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        data = catalogue.bytes(program_id, who.viewer)
        services.tally.downloaded(program_id)
        headers["Content-Disposition"] = f'attachment; filename="{program_id[:16]}.paw"'
        return Response(data, media_type=_PAW_TYPE, headers=headers)

    @routes.get(f"{API}/programs/{{ref:path}}")
    def read_program(ref: RefPath, who: AnyCaller) -> ProgramAnswer:
        """All about a program."""
        return _program(services, ref, who)


def _add_changing(routes: APIRouter, services: Services) -> None:
    catalogue = services.catalogue

    @routes.post(
        f"{API}/programs",
        status_code=201,
        openapi_extra={"requestBody": _BYTES | {"required": True, "description": "A `.paw` file."}},
    )
    async def upload(
        request: Request,
        who: UserCaller,
        public: bool = False,
        slug: Annotated[str | None, Query(max_length=110)] = None,
        tags: Annotated[Tags, Query()] = [],  # noqa: B006  FastAPI copies it
    ) -> ProgramAnswer:
        """Send a `.paw` file. It is checked as a stranger's file, and is the caller's alone unless `public`."""
        if request.headers.get("content-type", "").partition(";")[0].strip() != _PAW_TYPE:
            raise ApiError(415, "unsupported_media_type", f"send the .paw file's bytes as {_PAW_TYPE}.")
        services.compile_rate.take(who.counted_as)
        data = b"".join([piece async for piece in request.stream()])

        def keep() -> ProgramAnswer:
            try:
                program = from_bytes(data)
            except PawFileError as error:
                raise ApiError(400, "invalid_program", str(error)[:1000]) from None
            for text in (program.behaviour.spec.text, program.behaviour.pseudo_program):
                check_text(text, "the program's text")
            added = catalogue.add(program, who.user, public=public, tags=tags, slug=slug)
            return _program(services, added.program_id, who)

        return await run_in_threadpool(keep)

    @routes.patch(f"{API}/programs/{{ref:path}}")
    def change(ref: RefPath, body: PatchBody, who: UserCaller) -> PatchedAnswer:
        """Change visibility, tags, main version or slug of one's own program; the slug comes last."""
        found = catalogue.resolve(ref, who.user)
        slug = found.slug
        if body.main_version is not None:
            if slug is None:
                message = "main_version needs a reference by slug, as in user/name."
                raise ApiError(400, "invalid_request", message, field="main_version")
            catalogue.set_main(slug, who.user, body.main_version)
            found = catalogue.resolve(slug, who.user)
        if body.public is not None:
            catalogue.publish(found.program_id, who.user, body.public)
        if body.tags is not None:
            catalogue.tag(found.program_id, who.user, body.tags)
        if body.slug is not None:
            slug = catalogue.rename(slug or found.program_id, who.user, body.slug)
        return PatchedAnswer.of(catalogue.entry(found.program_id, who.viewer), slug=slug)  # type: ignore[no-any-return]

    @routes.delete(f"{API}/programs/{{ref:path}}", status_code=204)
    def give_up(ref: RefPath, who: UserCaller) -> None:
        """Give a program up, with one's tags, test cases and versions; nobody's program is deleted."""
        catalogue.remove(catalogue.resolve(ref, who.user).program_id, who.user)


def _add_cases(routes: APIRouter, services: Services) -> None:
    catalogue = services.catalogue

    @routes.get(f"{API}/programs/{{ref:path}}/cases")
    def list_cases(ref: RefPath, who: UserCaller) -> CasesAnswer:
        """The caller's test cases of a program."""
        found = catalogue.cases(catalogue.resolve(ref, who.user).program_id, who.user)
        return CasesAnswer(cases=[CaseAnswer(id=c.id, input=c.input, expected=c.expected) for c in found])

    @routes.post(f"{API}/programs/{{ref:path}}/cases/check")
    async def check_cases(ref: RefPath, request: Request, who: UserCaller) -> CheckAnswer:
        """Run the caller's test cases; the share that passes becomes a score of one's own program."""
        program_id = (await run_in_threadpool(catalogue.resolve, ref, who.user)).program_id
        cases = await run_in_threadpool(catalogue.cases, program_id, who.user)
        outcome = await run_inputs(services, request, who, program_id, [case.input for case in cases])
        results = [
            CaseResult(
                id=case.id,
                input=case.input,
                expected=case.expected,
                output=result.text,
                passed=result.text == case.expected,
            )
            for case, result in zip(cases, outcome.results, strict=True)
        ]
        passed = sum(result.passed for result in results)
        entry = await run_in_threadpool(catalogue.entry, program_id, who.user)
        if entry.mine and results:
            await run_in_threadpool(catalogue.set_scores, program_id, {_SCORE: passed / len(results)})
        return CheckAnswer(results=results, passed=passed, total=len(results))

    @routes.post(f"{API}/programs/{{ref:path}}/cases", status_code=201)
    def add_case(ref: RefPath, body: CaseBody, who: UserCaller) -> CaseAnswer:
        """Save a test case."""
        program_id = catalogue.resolve(ref, who.user).program_id
        case = catalogue.add_case(program_id, who.user, body.input, body.expected)
        return CaseAnswer(id=case.id, input=case.input, expected=case.expected)

    @routes.delete(f"{API}/programs/{{ref:path}}/cases/{{case_id}}", status_code=204)
    def remove_case(ref: RefPath, case_id: CaseId, who: UserCaller) -> None:
        """Remove a test case of the caller's."""
        catalogue.remove_case(catalogue.resolve(ref, who.user).program_id, who.user, case_id)


def _program(services: Services, ref: str, who: Caller) -> ProgramAnswer:
    program_id = services.catalogue.resolve(ref, who.viewer).program_id
    answer: ProgramAnswer = ProgramAnswer.of(services.catalogue.entry(program_id, who.viewer))
    return answer
