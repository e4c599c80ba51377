from loa.api.actions.webhooks import make_secret
from loa.api.models import ApiKey, CaseWebhook
from loa.api.queries import digest_of
from loa.core import clock

EVENTS = ["case.arrived", "case.changed", "case.ended", "case.left"]


def make_key(keeper, *scopes, letters="loa_khoa-cua-he-thong", **fields):
    """A key in the name of somebody who works in an agency; its letters are `letters`."""
    fields = {"name": "Tổng đài", "agency": keeper.hat.agency, "rate": 1000, "made_by": keeper, **fields}
    return ApiKey.objects.create(
        keeper=keeper,
        start=letters[:8],
        digest=digest_of(letters),
        made_at=clock.now(),
        **dict.fromkeys(scopes, True),
        **fields,
    )


def make_webhook(keeper, *, url="https://he-thong.example.vn/nhan", events=None, **fields):
    return CaseWebhook.objects.create(
        agency=keeper.hat.agency,
        url=url,
        secret=make_secret(),
        events=EVENTS if events is None else events,
        made_by=keeper,
        made_at=clock.now(),
        **fields,
    )
