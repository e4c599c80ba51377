"""The official documents of a budget: an agency's estimate, a body's appraisal, the coordinator's whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loa.budgets.papers.tables import appraisal_table, consolidated_table, dong, estimate_table, source_name
from loa.budgets.queries.papers import EstimatePaper, HeadFacts, words
from officialdoc.write.dates import date_in_words
from officialdoc.write.form import form_for
from officialdoc.write.model import Annex, Block, Bullet, OutgoingDocument, Signature, TableBlock, Text
from officialdoc.write.money import money_in_words


def estimate_letter(head: HeadFacts, paper: EstimatePaper, *, is_draft: bool) -> OutgoingDocument:
    own = words()["estimate"]
    body = [
        Text(_fill(own["opening"], head)),
        Text(words()["by_source"].format(total=dong(paper.proposed), words=in_words(paper.proposed))),
        *_sources(head, paper),
        Text(_fill(own["closing"], head)),
    ]
    return _letter(head, own, body, estimate_table(head, paper), paper.proposed, is_draft=is_draft)


def _sources(head: HeadFacts, paper: EstimatePaper) -> Iterator[Block]:
    for source, total in paper.by_source().items():
        yield Bullet(words()["source"].format(source=source_name(source, head), total=dong(total)))


def appraisal_letter(head: HeadFacts, paper: EstimatePaper, *, is_draft: bool) -> OutgoingDocument:
    own = words()["appraisal"]
    difference = paper.appraised - paper.proposed
    result = own["result" if paper.cuts else "same"].format(
        proposed=dong(paper.proposed),
        appraised=dong(paper.appraised),
        words=in_words(paper.appraised),
        difference=dong(difference),
        cuts=len(paper.cuts),
    )
    body = [
        Text(_fill(own["opening"], head, owner=paper.owner)),
        Text(result),
        Text(_fill(own["closing"], head)),
    ]
    table = appraisal_table(paper)
    return _letter(head, own, body, table, paper.appraised, is_draft=is_draft, owner=paper.owner)


def consolidated_letter(
    head: HeadFacts, papers: tuple[EstimatePaper, ...], *, is_draft: bool
) -> OutgoingDocument:
    own = words()["consolidated"]
    done = [paper for paper in papers if paper.is_appraised]
    appraised = sum(paper.appraised for paper in done)
    body: list[Block] = [
        Text(_fill(own["opening"], head, count=len(papers))),
        Text(
            own["result"].format(
                proposed=dong(sum(paper.proposed for paper in papers)),
                appraised=dong(appraised),
                words=in_words(appraised),
            )
        ),
    ]
    if len(done) < len(papers):
        body.append(Text(own["waiting"].format(count=len(papers) - len(done))))
    body.append(Text(_fill(own["closing"], head)))
    return _letter(head, own, body, consolidated_table(head, papers), appraised, is_draft=is_draft)


def in_words(amount: int) -> str:
    return str(words()["in_words"].format(words=money_in_words(amount)))


def _letter(
    head: HeadFacts,
    own: dict[str, Any],
    body: list[Block],
    table: TableBlock,
    total: int,
    *,
    is_draft: bool,
    **more: str,
) -> OutgoingDocument:
    """Its number is given by the register of its agency, where it is entered; here it is left to the pen."""
    return OutgoingDocument(
        kind=own["kind"],
        title=_fill(own["title"], head, **more),
        agency=head.agency,
        parent_agency=head.parent_agency,
        symbol=f"{own['abbreviation']}-{head.symbol}",
        place=head.place,
        bases=(_basis(head),),
        addressees=(head.addressee,),
        signature=Signature(head.signer_title, head.signer_authority),
        body=tuple(body),
        recipients=tuple(words()["recipients"]),
        annexes=(Annex(_fill(own["annex"], head, **more), (table, Text(in_words(total))), landscape=True),),
        draft=is_draft,
    )


def _fill(pattern: str, head: HeadFacts, **more: Any) -> str:
    return pattern.format(
        plan=_plan(head),
        plan_short=words()["plan"].format(number=head.plan_number, on=""),
        issuer=head.issuer,
        agency=head.agency,
        addressee=head.addressee,
        year=head.year,
        **more,
    )


def _plan(head: HeadFacts) -> str:
    on = ""
    if head.plan_on:
        day = date_in_words(head.plan_on, form_for(head.plan_on).date).removeprefix("ngày ")
        on = words()["plan_on"].format(date=day)
    return str(words()["plan"].format(number=head.plan_number, on=on))


def _basis(head: HeadFacts) -> str:
    title = " ".join(head.plan_title.split()).strip(" .;")
    inside = title[:1].lower() + title[1:] if title[1:2].islower() else title
    return str(words()["basis"].format(plan=_plan(head), issuer=head.issuer, plan_title=inside))
