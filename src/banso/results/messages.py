"""What we say when a rule refuses something about results and their withholding."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "already-published": _(
        "This result is published. What is published can no longer be withheld."
    ),
    "one-member-refused": _(
        "A member did not consent. The request has ended and the result stays open."
    ),
    "no-research-side-in-office": _(
        "No member of the research side is in the council today. Without one nothing can be"
        " withheld, and the result stays open."
    ),
    "not-everyone-consented": _(
        "Not every member in office has consented to this exact text. The result stays open."
    ),
    "answer-for-another": _("Each member answers for themselves. Nobody answers for another."),
    "not-in-office": _(
        "Only the current members of the council answer. You are not one of them today."
    ),
    "request-is-closed": _(
        "This request takes no more answers: it has ended, or it is in force. Consent can be given"
        " and taken back only until then."
    ),
    "request-has-ended": _("This request has ended already. The result is open."),
    "text-has-changed": _(
        "The text is not the one that you read. Read it again, then answer if you like."
    ),
    "no-consent-to-take-back": _(
        "You have not consented to this request, so there is no consent to take back."
    ),
    "requester-not-a-ministry": _(
        "Only a ministry or agency of the state that is a member of the council can ask to"
        " withhold. Anyone else may raise the matter in a meeting."
    ),
    "requester-not-a-member": _(
        "Only a ministry or agency of the state that is a member of the council today can ask to"
        " withhold."
    ),
    "another-request-stands": _(
        "A request about this result is open or in force. There is one at a time."
    ),
    "diversion-or-effect-not-stated": _(
        "A request states both that diversion to a use of concern abroad is clear and that its"
        " effect is grave, each in %(fewest)s characters or more. If one of the two cannot be"
        " said, there is no request."
    ),
    "maturity-or-concern-not-recorded": _(
        "The record of the R&D concept does not say how mature the technology is or whether a use"
        " of concern is foreseen. It has to be completed before anyone can ask; until then the"
        " result is open."
    ),
    "low-maturity-and-no-concern": _(
        "The record of the R&D concept shows low maturity and no foreseen use of concern. For such"
        " a technology nobody can ask to withhold."
    ),
    "no-end-after-the-start": _("A withholding ends on a day after today. Name that day."),
    "no-review-in-the-period": _(
        "A withholding is reviewed on a day after today and not after its end. Name that day."
    ),
    "not-a-quotation": _(
        "The part is not found word for word in the summary or in the text that was pasted. Quote"
        " the exact passage; a description of it is not enough."
    ),
    "title-asked": _("The title of a result is not withheld. Quote the passage itself."),
    "whole-of-the-result": _(
        "This covers the whole title or the whole summary. Quote the smallest part that is enough."
    ),
    "copy-too-short": _(
        "The pasted text has %(length)s characters. Paste at least %(fewest)s, so that the part"
        " can be told from the whole."
    ),
    "more-than-a-part": _(
        "The part has %(length)s characters; at most %(most)s may be asked for, which is half of"
        " the text. Quote the smallest part that is enough."
    ),
    "ends-too-late": _(
        "A withholding of this council ends on %(latest)s at the latest. Name an earlier day."
    ),
    "reviewed-too-late": _(
        "A withholding of this council is reviewed on %(latest)s at the latest. Name an earlier"
        " day."
    ),
}
