"""Makes a long form keep what is typed into it: one call in a view, after the form is built."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django.db import DatabaseError, connection
from django.http import QueryDict
from django.urls import reverse

from banso.kept.comparing import differences, digest_of, fill
from banso.kept.opening import TOKEN, Opening, opening_of
from banso.kept.queries import kept_for
from banso.kept.storing import end_text
from banso.ledger.clock import read_clock
from banso.web.forms import ActForm
from banso.web.keeping import Difference, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from django.forms import BaseForm, BaseFormSet
    from django_stubs_ext import StrOrPromise

    from banso.kept.asking import Asking
    from banso.kept.models import KeptText

FormKind = TypeVar("FormKind", bound=ActForm)
RESTORE = "restore"
AS_SAVED = "saved"
_LOCK = "hashtextextended(%s::text, 1801810548)"


class NotToBeKeptError(TypeError):
    """A form that does not say of itself that its text may be kept."""


def keep(
    request: Asking,
    form: FormKind,
    *,
    subject: object = "",
    about: StrOrPromise = "",
    page: str = "",
    saved: Callable[[], Mapping[str, Any]] = dict,
    also: BaseFormSet[Any] | None = None,
) -> FormKind:
    """Let a form keep its text; `saved` reads the record that it changes, `page` is where it is.

    A form that is shown is filled with what its person left in it, if the record is the same.
    """
    if not form.is_kept:
        raise NotToBeKeptError(f"{type(form).__name__} has no `is_kept`")
    form.keeping = FormKeeping(
        request, form, subject=str(subject), about=about, page=page, saved=saved, also=also
    )
    return form


class FormKeeping:
    """The kept text of one form on one page."""

    def __init__(
        self,
        request: Asking,
        form: ActForm,
        *,
        subject: str,
        about: StrOrPromise,
        page: str,
        saved: Callable[[], Mapping[str, Any]],
        also: BaseFormSet[Any] | None,
    ) -> None:
        self._request, self._also, self._saved = request, also, saved
        self.clash: Sequence[Difference] = ()
        self.found: Sequence[Found] = ()
        self.address = reverse("kept:keep")
        now = saved()
        self._opening = Opening(
            person_id=str(request.actor.person_id),
            form=_name_of(form),
            subject=subject,
            about=str(about),
            address=page or request.path,
            opened_on=digest_of(now),
            kept_id=str(uuid4()),
        )
        if form.is_bound:
            self._go_on_with(opening_of(request.POST.get(TOKEN, "")))
        else:
            self._look_for_text(form, now)

    @property
    def token(self) -> str:
        """What the page sends with its text."""
        return self._opening.token

    @property
    def as_saved(self) -> str:
        """Where the form is shown with what is saved."""
        return f"{self._opening.address}?{RESTORE}={AS_SAVED}"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait for whoever is changing the same record by the same form; then hold it."""
        key = f"{self._opening.form} {self._opening.subject}"
        if not self._opening.subject:
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_lock({_LOCK})", [key])
        try:
            yield
        finally:
            # A connection that broke has let go of its lock already.
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock({_LOCK})", [key])

    def clashes(self, form: BaseForm) -> bool:
        """Tell whether the record changed since the page was opened, to something else."""
        now = self._saved()
        is_unchanged = self._opening.opened_on == digest_of(now)
        if is_unchanged:
            return False
        self.clash = self._differences(form, now, self._request.POST)
        # Whoever has seen both texts and sends theirs again means it.
        self._opening = self._with(opened_on=digest_of(now))
        return bool(self.clash)

    def end(self) -> None:
        """Forget the text, which was sent."""
        end_text(self._opening, read_clock())

    def _go_on_with(self, sent: Opening | None) -> None:
        is_of_this_form = sent is not None and (
            (sent.person_id, sent.form, sent.subject)
            == (self._opening.person_id, self._opening.form, self._opening.subject)
        )
        if sent is not None and is_of_this_form:
            self._opening = sent

    def _look_for_text(self, form: ActForm, now: Mapping[str, Any]) -> None:
        asked = self._request.GET.get(RESTORE, "")
        kept = [(one, self._compared(form, now, one)) for one in self._kept()]
        differing = [(one, found) for one, found in kept if found]
        for one, found in differing:
            is_asked = asked == str(one.pk)
            fits = one.opened_on == self._opening.opened_on and not asked
            if not self._is_filled and (is_asked or fits):
                self._fill(form, one)
            if found not in [other.differences for other in self.found]:
                self.found = [*self.found, self._found(one, found)]
        self.found = sorted(self.found, key=lambda found: not found.is_filled)

    @property
    def _is_filled(self) -> bool:
        return self._opening.revision > 0

    def _kept(self) -> list[KeptText]:
        return kept_for(self._request.actor, self._opening.form, self._opening.subject)

    def _compared(self, form: ActForm, now: Mapping[str, Any], kept: KeptText) -> list[Difference]:
        return self._differences(form, now, _as_sent(kept))

    def _differences(
        self, form: BaseForm, now: Mapping[str, Any], typed: QueryDict
    ) -> list[Difference]:
        further = differences(self._also, {}, typed) if self._also else []
        return differences(form, now, typed) + further

    def _fill(self, form: ActForm, kept: KeptText) -> None:
        fill(form, _as_sent(kept))
        if self._also:
            fill(self._also, _as_sent(kept))
        self._opening = self._with(kept_id=str(kept.pk), revision=kept.revision)

    def _found(self, kept: KeptText, found: list[Difference]) -> Found:
        return Found(
            kept_at=kept.kept_at,
            differences=found,
            address=reverse("kept:kept_text", args=[kept.pk]),
            restore=f"{self._opening.address}?{RESTORE}={kept.pk}",
            is_filled=self._opening.kept_id == str(kept.pk),
            has_record_changed=kept.opened_on != self._opening.opened_on,
        )

    def _with(self, **changed: Any) -> Opening:  # noqa: ANN401 - fields of an opening
        return replace(self._opening, **changed)


def _as_sent(kept: KeptText) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in kept.fields.items():
        data.setlist(name, values)
    return data


def _name_of(form: ActForm) -> str:
    app = type(form).__module__.split(".")[1]
    return f"{app}.{type(form).__name__}"
