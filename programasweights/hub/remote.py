"""A server of programs as its client sees it: compile there, fetch, push, search.

Nothing that it says is taken on trust: answers are checked, a program's id is computed from its bytes, and a
refusal becomes a `HubError` with the request's id. How requests travel is `transport`'s work.
"""

import base64
import contextlib
import json
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ValidationError

from programasweights.errors import HubError, PawFileError, ServerUnreachableError, SpecError
from programasweights.hub.credentials import check_key
from programasweights.hub.names import Reference, server_address
from programasweights.hub.refusals import check_answer
from programasweights.hub.transport import Answer, Limits, Transport
from programasweights.hub.wire import Account, Job, Page, RemoteProgram, Resolved
from programasweights.program import Program, Storage, from_bytes, to_bytes
from programasweights.program.constants import MAX_FILE_BYTES
from programasweights.program.manifest import first_fault
from programasweights.progress import Advance, progress, say
from programasweights.spec import Spec

__all__ = ["RemoteHub"]

_API = "/api/v1"
_MOST_JSON = 32 * 2**20
_CANCEL_SECONDS = 5.0
_FIRST_POLL, _LONGEST_POLL = 0.1, 2.0
_COMPILE_SECONDS = 3600.0
_RESTART_SECONDS = 60.0
"""A server that went away is waited for so long: jobs survive its restart."""
_ENDED = {"ready", "failed", "cancelled"}

_Said = TypeVar("_Said", bound=BaseModel)


class RemoteHub:
    """A server of programs."""

    def __init__(self, url: str, key: str | None = None, *, limits: Limits | None = None) -> None:
        """Make ready to ask; nothing is sent yet.

        Args:
            url: the server's address, such as `http://127.0.0.1:8000`.
            key: shown to this server only; None asks as nobody in particular.
            limits: how patient to be.

        Raises:
            HubError: the address or the key cannot be used.
        """
        checked = None if key is None else check_key(key)
        self._transport = Transport(server_address(url), checked, limits or Limits())

    @property
    def address(self) -> str:
        """The server's address."""
        return self._transport.base

    def __repr__(self) -> str:
        return f"RemoteHub({self.address!r})"

    def account(self) -> Account:
        """Whose key it is.

        Raises:
            HubError: the key is wrong, or what every method raises: the server cannot be reached
                (ServerUnreachableError), refuses, or does not answer as it must.
        """
        return self._ask(Account, "GET", "/me")

    def compile(
        self,
        spec: Spec,
        *,
        compiler: str | None = None,
        interpreter: str | None = None,
        seed: int = 0,
        max_new_tokens: int = 128,
        stop: Iterable[str] = (),
        storage: Storage = "f16",
        budget: int = 1,
        inputs: Iterable[str] = (),
    ) -> Program:
        """Compile there, and fetch the program. Interrupted, it cancels the job.

        The options are those of `api.compile`; a compiler or an interpreter is named as the server knows it.

        Raises:
            SpecError: what stands in the spec as a picture is none.
            HubError: it failed there, or as for `account`.
        """
        wish = {
            "spec": spec.text,
            "examples": [list(pair) for pair in spec.examples],
            "images": _sent_images(spec) or None,
            "compiler": compiler,
            "interpreter": interpreter,
            "seed": seed,
            "max_new_tokens": max_new_tokens,
            "stop": list(stop),
            "storage": storage,
            "budget": budget,
            "inputs": list(inputs),
        }
        body = json.dumps({name: value for name, value in wish.items() if value is not None}).encode()
        job = self._ask(Job, "POST", "/compile/async", body)
        if job.status not in _ENDED:
            job = self._watch(job)
        program = self.fetch(self._outcome(job))
        made = program.behaviour.spec
        pictures = [(picture.at, picture.digest) for picture in made.pictures]
        wanted = [(place, image.digest) for place, image in spec.pictures]
        if (made.text, made.examples, pictures) != (spec.text, spec.examples, wanted):
            raise HubError(f"{self.address} compiled another task than the one it was given; not used.")
        return program

    def resolve(self, reference: Reference) -> str:
        """The id of the program that a reference means now.

        Raises:
            HubError: there is no such program, or as for `account`.
        """
        found = self._ask(Resolved, "GET", f"/programs/resolve/{reference.text}").program_id
        if not found.startswith(reference.program_id or ""):
            raise HubError(f"{self.address} names the program {found} for {reference.text}; not used.")
        return found

    def fetch(self, program_id: str) -> Program:
        """The program of this id (64 digits), verified: its id is computed from its bytes.

        Raises:
            FormatVersionError: it is of a version that this release does not read.
            HubError: there is no such program or the server sends another, or as for `account`.
        """
        answer = self._send(
            "GET",
            f"/programs/{program_id}/paw",
            most_bytes=MAX_FILE_BYTES,
            seconds=self._transport.limits.file,
        )
        try:
            program = from_bytes(answer.body)
        except PawFileError as error:
            if type(error) is not PawFileError:
                raise
            raise HubError(
                f"{self.address} sent no valid program ({self._transport.quote(error)}); not used."
            ) from None
        if program.id != program_id:
            raise HubError(f"{self.address} sent the program {program.id} for {program_id}; not used.")
        return program

    def push(
        self, program: Program, *, slug: str | None = None, public: bool = False, tags: Iterable[str] = ()
    ) -> RemoteProgram:
        """Give the server a program to hold.

        Args:
            program: the program.
            slug: name to give it there, without the user; used before, it gets a new version.
            public: whether everybody may see it.
            tags: words to find it by.

        Raises:
            HubError: the server does not take it, or as for `account`.
        """
        query: list[tuple[str, str]] = [("public", "true" if public else "false")]
        query += [("slug", slug)] if slug is not None else []
        query += [("tags", tag) for tag in tags]
        held = self._ask(
            RemoteProgram,
            "POST",
            f"/programs?{urlencode(query)}",
            to_bytes(program),
            content_type="application/octet-stream",
            seconds=self._transport.limits.file,
        )
        if held.id != program.id:
            raise HubError(f"{self.address} took the program {program.id} for {held.id}.")
        return held

    def search(self, text: str = "", *, mine: bool = False, page: int = 1, per_page: int = 20) -> Page:
        """Programs that the server shows.

        Args:
            text: words of the task, a name or a tag.
            mine: only those of the key's user.
            page: counts from 1.
            per_page: most programs of a page.

        Raises:
            HubError: as for `account`.
        """
        query = {"q": text, "mine": "true" if mine else "false", "page": page, "per_page": per_page}
        return self._ask(Page, "GET", f"/programs?{urlencode(query)}")

    def info(self, reference: Reference) -> RemoteProgram:
        """What the server says of a program.

        Raises:
            HubError: there is no such program, or as for `account`.
        """
        return self._ask(RemoteProgram, "GET", f"/programs/{reference.text}")

    def _watch(self, job: Job) -> Job:
        try:
            with progress(f"Compiling at {self.address}", total=100, unit="percent") as advance:
                return self._wait(job, advance)
        except KeyboardInterrupt:
            self._cancel(job)
            raise

    def _wait(self, job: Job, advance: Advance) -> Job:
        """Ask how the job goes until it has ended."""
        begun = heard = time.monotonic()
        pause, shown = _FIRST_POLL, 0.0
        while job.status not in _ENDED:
            time.sleep(pause)
            pause = min(_LONGEST_POLL, pause * 1.3)
            try:
                job = self._ask(Job, "GET", f"/compile/{job.job_id}")
                heard = time.monotonic()
            except ServerUnreachableError as error:
                if time.monotonic() - heard > _RESTART_SECONDS:
                    raise ServerUnreachableError(
                        f"{error} Its compile {job.job_id} may go on there."
                    ) from None
                pause = _LONGEST_POLL
            if time.monotonic() - begun > _COMPILE_SECONDS:
                self._cancel(job)
                raise HubError(f"{self.address} has not compiled within {_COMPILE_SECONDS:.0f} s; cancelled.")
            percent = min(100.0, job.percent or 0.0)
            advance(max(0.0, percent - shown))
            shown = max(shown, percent)
        return job

    def _cancel(self, job: Job) -> None:
        once = replace(
            self._transport, limits=replace(self._transport.limits, connect=_CANCEL_SECONDS, tries=1)
        )
        with contextlib.suppress(HubError):
            once.request(
                "DELETE", f"{_API}/compile/{job.job_id}", most_bytes=_MOST_JSON, seconds=_CANCEL_SECONDS
            )
            say(f"Cancelled the compile at {self.address}.")

    def _outcome(self, job: Job) -> str:
        if job.status == "ready" and job.program_id is not None:
            return job.program_id
        why = job.error or ("it was cancelled there" if job.status == "cancelled" else "no reason is given")
        raise HubError(f"{self.address} did not compile the task: {self._transport.quote(why)}.")

    def _ask(
        self,
        kind: type[_Said],
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        content_type: str = "application/json",
        seconds: float | None = None,
    ) -> _Said:
        answer = self._send(
            method,
            path,
            body=body,
            content_type=content_type,
            most_bytes=_MOST_JSON,
            seconds=seconds or self._transport.limits.answer,
        )
        try:
            return kind.model_validate_json(answer.body)
        except ValidationError as error:
            raise HubError(
                f"{self.address} answers, but not as a server of programs does ({first_fault(error)}); check the "
                "address, and update whichever side is older."
            ) from None

    def _send(self, method: str, path: str, **options: Any) -> Answer:
        answer = self._transport.request(method, f"{_API}{path}", **options)
        check_answer(self._transport, answer)
        return answer


def _sent_images(spec: Spec) -> list[dict[str, Any]]:
    """The pictures of a spec as servers take them."""
    if not spec.pictures:
        return []
    from programasweights.vision import Image

    found = []
    for place, image in spec.pictures:
        if not isinstance(image, Image):
            raise SpecError(f"the spec holds a {type(image).__name__}; make a paw.Image of it.")
        found.append({"data": base64.b64encode(image.png()).decode(), "at": place})
    return found
