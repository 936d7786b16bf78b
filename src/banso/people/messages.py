"""What we say when a rule about offices and records refuses, and who sees the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from banso.web.fronts import Sentence

THE_DESK = gettext_lazy("Officers of the body that keeps these records, and operators.")
THE_PERSON = gettext_lazy("Only you.")
THE_UPLOADER = gettext_lazy("Only you, until the rows are taken.")

THE_INVITING = gettext_lazy("Officers of the body that invites, and operators.")
THE_CONFIRMING = gettext_lazy("Officers who confirm it, and operators.")

REFUSALS: dict[str, Sentence] = {
    "not-invited-by-this-office": gettext_lazy(
        "Your office does not invite for this. An agency invites its officers, PD, PO and"
        " reviewers, a ministry its officers and its councils' people, an institution its officers"
        " and researchers."
    ),
    "invitation-accepted": gettext_lazy(
        "This invitation was accepted on %(accepted_at)s. Its link cannot be used again; sign in"
        " with the account that was made."
    ),
    "invitation-withdrawn": gettext_lazy(
        "This invitation was withdrawn on %(withdrawn_at)s. If you did not expect that, ask"
        " whoever invited you."
    ),
    "invitation-replaced": gettext_lazy(
        "Another letter was sent after this one. Open the link in the latest letter."
    ),
    "invitation-expired": gettext_lazy(
        "This link worked until %(ends_at)s. Ask whoever invited you for another letter."
    ),
    "invitation-needs-no-confirmation": gettext_lazy(
        "This invitation needs no confirmation, or was confirmed already. Nothing is left to do."
    ),
    "invitation-needs-two-people": gettext_lazy(
        "Whoever invited cannot confirm as well, nor can the invited person. Ask another officer"
        " of the body, or the operator."
    ),
    "affiliation-of-oneself": gettext_lazy(
        "Nobody confirms their own affiliation. Ask another officer of the body."
    ),
    "affiliation-already-answered": gettext_lazy(
        "Another officer has answered this already. Nothing was changed now."
    ),
    "reset-of-oneself": gettext_lazy(
        "Nobody resets their own second factors. Use a recovery code, or ask an officer of your"
        " body or the operator."
    ),
    "reset-needs-two-people": gettext_lazy(
        "Whoever asked for the reset cannot confirm it as well. Ask another officer of the body,"
        " or the operator."
    ),
    "reset-already-answered": gettext_lazy(
        "This reset was confirmed or withdrawn already. Nothing was changed now."
    ),
    "reset-waits-already": gettext_lazy(
        "A reset for this account waits already. Another officer confirms it in the list."
    ),
    "nothing-to-reset": gettext_lazy(
        "This account has no second factor, so there is nothing to reset. Its person signs in with"
        " the password and sets one up."
    ),
    "address-has-an-account": gettext_lazy(
        "An account has this address already. Sign in with it; with “Forgot your password?” you"
        " can set a new one."
    ),
    "address-is-own": gettext_lazy(
        "Your account has this address already. Enter another one, or leave it as it is."
    ),
    "address-changed-already": gettext_lazy(
        "This change was confirmed on %(confirmed_at)s. Sign in with the new address; the letter"
        " to the former one says how to stop the change."
    ),
    "address-change-stopped": gettext_lazy(
        "This change was withdrawn or stopped on %(stopped_at)s, or another one was asked for"
        " then. If you still want it, ask for it anew."
    ),
    "address-link-expired": gettext_lazy(
        "This link worked until %(ends_at)s. Ask for the change anew."
    ),
    "address-taken-meanwhile": gettext_lazy(
        "An account has this address by now, so yours cannot have it as well. Sign in with that"
        " one, or ask for another address."
    ),
    "address-stays-changed": gettext_lazy(
        "This change could be stopped until %(stoppable_until)s. If you did not ask for it, tell"
        " the operator."
    ),
    "former-address-taken": gettext_lazy(
        "Another account has the former address by now, so it cannot be given back. Tell the"
        " operator, who can help both."
    ),
    "role-not-of-this-body": gettext_lazy(
        "This role is not held for a body of this kind. Choose another role or another body."
    ),
    "appointed-by-oneself": gettext_lazy(
        "Nobody appoints themselves. Ask another officer of the body, or the operator."
    ),
    "appointment-needs-two-people": gettext_lazy(
        "This role gives power over others, so one person proposes it and another confirms it."
        " Ask another officer of the body, or the operator, to confirm."
    ),
    "deputy-for-oneself": gettext_lazy(
        "Nobody is their own deputy. Choose another person of the body."
    ),
    "no-office-to-deputise": gettext_lazy(
        "This person holds no office of the body in which somebody could stand in for them in that"
        " period. Officers have deputies; PD, PO and reviewers judge for themselves."
    ),
    "deputy-of-another-body": gettext_lazy(
        "A deputy belongs to the same body. Choose a person who is affiliated with it."
    ),
    "deputy-for-too-long": gettext_lazy(
        "A deputy is named for a year at most. Choose an earlier last day; it can be renewed."
    ),
    "not-done-for-another": gettext_lazy(
        "Each person does this themselves, so a deputy cannot. Ask the person to do it."
    ),
    "number-of-another-record": gettext_lazy(
        "This number stands on another record already. Compare the number; if both records are of"
        " one person or body, propose to merge them."
    ),
    "rows-to-put-right": gettext_lazy(
        "Rows to put right: %(faults)s. No row was taken. Correct the file and upload it again."
    ),
    "no-row-changes-anything": gettext_lazy(
        "Every row is registered as it is already, so there is nothing to take."
    ),
    "merged-into-itself": gettext_lazy(
        "A record cannot be merged into itself. Choose another record."
    ),
    "record-merged-already": gettext_lazy(
        "One of these records was merged with another already. Nothing is left to merge here."
    ),
    "merging-needs-two-people": gettext_lazy(
        "Whoever proposed to merge two records cannot confirm it. Ask another officer."
    ),
    "both-records-in-one-place": gettext_lazy(
        "Both records stand in the same place: %(places)s. Settle there which of the two it is,"
        " then merge the records."
    ),
}

# Why an uploaded file is not taken at all, by what was found in it.
TABLES: dict[str, StrOrPromise] = {
    "too-large": gettext_lazy("The file is larger than %(most)s MB. Split it into several files."),
    "too-large-inside": gettext_lazy(
        "The file unpacks to more than can be read here. Save the rows alone as a new file."
    ),
    "empty": gettext_lazy("The file is empty. Choose the file with the rows."),
    "old-excel": gettext_lazy(
        "This is an old Excel file (.xls) or one with a password. Save it without a password as"
        " .xlsx or CSV and choose it again."
    ),
    "no-book": gettext_lazy("This file is no Excel book and no CSV. Choose another one."),
    "broken-book": gettext_lazy(
        "The Excel file is damaged or was not uploaded whole. Save it once more and choose it"
        " again."
    ),
    "macros": gettext_lazy("The Excel file has macros. Save it as .xlsx without macros."),
    "formulas": gettext_lazy(
        "The Excel file has formulas, whose results nobody wrote. Copy the cells, paste them as"
        " values and save the file."
    ),
    "hidden-sheet": gettext_lazy(
        "The sheet “%(sheet)s” is hidden. Show it or delete it, and leave one sheet."
    ),
    "several-sheets": gettext_lazy(
        "The Excel file has %(count)s sheets. Leave the one with the rows and save the file."
    ),
    "merged-cells": gettext_lazy(
        "Cells are merged in row %(row)s. Unmerge them, so that each cell has its own value."
    ),
    "too-many-rows": gettext_lazy(
        "The file has %(rows)s rows, and at most %(most)s are taken at once. Split it."
    ),
    "too-many-columns": gettext_lazy(
        "The file has more than %(most)s columns. Leave those of the template."
    ),
    "wrong-encoding": gettext_lazy(
        "Line %(line)s is neither UTF-8 nor Shift_JIS (CP932), so it cannot be read without"
        " guessing. Save the file as “CSV UTF-8”."
    ),
    "two-encodings": gettext_lazy(
        "The file can be read as Shift_JIS and as EUC-JP, so it cannot be read without guessing."
        " Save the file as “CSV UTF-8”."
    ),
    "binary": gettext_lazy(
        "The file has signs that no text has. Save the rows as CSV or XLSX and choose it again."
    ),
    "broken-line": gettext_lazy(
        "Line %(line)s cannot be read: a quotation mark is not closed, or a cell is too long."
    ),
    "long-cell": gettext_lazy("A cell in row %(line)s has more than %(most)s characters."),
    "cells-without-heading": gettext_lazy(
        "Row %(line)s has more cells than there are headings. Look for a comma inside a cell."
    ),
    "unknown-heading": gettext_lazy(
        "“%(heading)s” in the first row is no column of the template. The first row has the"
        " template's headings."
    ),
    "heading-twice": gettext_lazy("The column “%(heading)s” is there twice. Leave one."),
    "no-rows": gettext_lazy("The file has headings and no rows."),
}
