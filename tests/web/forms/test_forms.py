"""Fields look alike, say what is asked and what is wrong, and lose nothing."""

import re

import pytest
from django import forms
from django.template import engines
from django.utils.translation import override

from banso.web.fields import ProseField
from banso.web.gallery import SampleForm

LONG = "海" * 401


class Letter(forms.Form):
    subject = forms.CharField(label="Subject", help_text="In a few words.", max_length=20)
    body = ProseField(label="Body", max_length=10, required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "Question"), ("b", "Answer")], widget=forms.RadioSelect
    )
    is_final = forms.BooleanField(label="It is final")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        if self.cleaned_data.get("body") == "refuse":
            raise forms.ValidationError("Subject and body do not go together.")
        return self.cleaned_data


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def macro(source):
    return engines.all()[0].from_string('{% import "web/forms.html" as forms %}' + source)


def attributes(html, name):
    [tag] = re.findall(rf'<(?:input|textarea|select)[^>]* name="{name}"[^>]*>', html)
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


@pytest.mark.convention("D5")
def test_required_and_optional_are_words():
    subject, body = Letter()["subject"], Letter()["body"]

    assert "※Required" in subject.as_field_group()
    assert "Optional" in body.as_field_group()
    with override("ja"):
        assert "※必須" in subject.as_field_group()
        assert "任意" in body.as_field_group()


@pytest.mark.convention("D5")
def test_label_help_control_and_error_stand_in_this_order():
    html = Letter({})["subject"].as_field_group()

    places = [html.index(part) for part in ("<label", "In a few words.", "<input", "＊Enter")]

    assert places == sorted(places)


@pytest.mark.convention("D5")
def test_an_error_is_tied_to_its_control():
    html = Letter({})["subject"].as_field_group()

    shown = attributes(html, "subject")

    assert shown["aria-invalid"] == "true"
    assert shown["aria-describedby"] == "id_subject_helptext id_subject_error"
    assert 'id="id_subject_helptext"' in html
    assert 'id="id_subject_error"' in html
    assert "＊Enter “Subject”." in html


def test_a_browser_neither_stops_nor_cuts_what_the_server_judges():
    html = str(Letter())

    assert not re.search(r"\s(required|maxlength)\b", html)


def test_choices_are_a_fieldset_with_a_legend():
    html = Letter({})["kind"].as_field_group()

    assert html.startswith("<fieldset")
    assert 'aria-describedby="id_kind_error"' in html
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_a_hidden_field_is_a_hidden_field_alone():
    assert Letter(initial={"token": "t"})["token"].as_field_group() == (
        '<input type="hidden" name="token" value="t" id="id_token">'
    )


@pytest.mark.convention("P3")
def test_each_item_of_the_summary_leads_to_its_field_with_the_same_words():
    form = Letter({"body": "x"})
    html = macro("{{ forms.error_summary(form) }}").render({"form": form})

    items = re.findall(r'<a class="dads-link" href="#([\w-]+)">([^<]+)</a>', html)

    assert items == [
        ("id_subject", "Enter “Subject”."),
        ("id_kind_0", "Choose “Kind”."),
        ("id_is_final", "Tick “It is final” to go on."),
    ]
    page = str(form)
    for target, sentence in items:
        assert f'id="{target}"' in page
        assert f"＊{sentence}" in page
    assert 'tabindex="-1" data-takes-focus' in html
    assert "Enter “Token”." in html


@pytest.mark.convention("P3")
def test_what_concerns_the_whole_form_is_in_the_summary():
    form = Letter({"subject": "s", "body": "refuse", "kind": "a", "is_final": "on", "token": "t"})

    html = macro("{{ forms.error_summary(form) }}").render({"form": form})

    assert "<li>Subject and body do not go together.</li>" in html


def test_there_is_no_summary_without_errors():
    html = macro("{{ forms.error_summary(form, other) }}").render(
        {"form": Letter(), "other": Letter()}
    )

    assert html.strip() == ""


@pytest.mark.convention("P5")
def test_nothing_typed_is_lost_when_a_form_comes_back():
    form = SampleForm(
        {
            "title": "観測 <b>",
            "abstract": LONG,
            "domain": "ocean",
            "partners": ["nedo"],
            "agency": "jst",
            "starts_on_year": "令和9",
            "starts_on_month": "13",
            "starts_on_day": "x",
            "closes_at_time": "25:00",
            "is_read": "on",
        }
    )

    html = str(form)

    assert attributes(html, "title")["value"] == "観測 &lt;b&gt;"
    assert LONG in html
    assert re.search(r'value="ocean"[^>]* checked', html)
    assert re.search(r'value="nedo"[^>]* checked', html)
    assert re.search(r'<option value="jst" selected', html)
    assert [attributes(html, f"starts_on_{box}")["value"] for box in ("year", "month", "day")] == [
        "令和9",
        "13",
        "x",
    ]
    assert attributes(html, "closes_at_time")["value"] == "25:00"
    assert re.search(r'name="is_read"[^>]* checked', html)


def test_a_text_area_counts_towards_its_limit():
    html = Letter()["body"].as_field_group()

    assert attributes(html, "body")["data-count-max"] == "10"
    assert attributes(html, "body")["aria-describedby"] == "id_body_count"
    assert "Up to 10 characters" in html


def test_a_line_break_counts_as_one_character():
    form = Letter(
        {"subject": "s", "body": "1234\r\n6789\r", "kind": "a", "is_final": "1", "token": "t"}
    )

    assert form.is_valid()
    assert form.cleaned_data["body"] == "1234\n6789"


def test_a_file_is_asked_for_as_a_file():
    assert "＊Attach “Research plan (PDF)”." in SampleForm({})["plan"].as_field_group()


def test_buttons_say_what_they_do():
    html = macro(
        '{{ forms.submit_button("Send") }}'
        '{{ forms.submit_button("Keep", "outline", "act", "keep") }}'
        '{{ forms.button_link("Back", "/") }}{{ forms.idempotency("k") }}'
    ).render({})

    tags = re.findall(r"<[^/][^>]*>", re.sub(r"\s+", " ", html))

    assert tags == [
        '<button type="submit" class="dads-button" data-type="solid" >',
        '<button type="submit" class="dads-button" data-type="outline" name="act" value="keep">',
        '<a class="dads-button" data-type="outline" href="/">',
        '<input type="hidden" name="idempotency_key" value="k">',
    ]


def test_several_forms_are_drawn_with_the_same_template():
    html = str(forms.formset_factory(Letter, extra=2)())

    assert 'name="form-TOTAL_FORMS"' in html
    assert html.count("※Required") == 6
