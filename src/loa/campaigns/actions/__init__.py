from loa.campaigns.actions.clipping_sheet import import_clippings
from loa.campaigns.actions.clippings import change_clipping, record_clipping, withdraw_clipping
from loa.campaigns.actions.feeds import (
    EVERY,
    claim_feed,
    drop_candidate,
    drop_candidates,
    fetch_feed,
    fetch_now,
    save_feed,
    take_candidate,
    take_in_items,
)
from loa.campaigns.actions.hand_over import hand_over_press
from loa.campaigns.actions.press import (
    change_agreement,
    remind_of_end,
    save_press_body,
    sign_agreement,
    take_agreement_step,
)
from loa.campaigns.actions.scripts import (
    load_radio,
    make_script,
    plan_slot,
    save_abbreviation,
    save_station,
    take_script_step,
    write_script,
)

__all__ = [
    "EVERY",
    "change_agreement",
    "change_clipping",
    "claim_feed",
    "drop_candidate",
    "drop_candidates",
    "fetch_feed",
    "fetch_now",
    "hand_over_press",
    "import_clippings",
    "load_radio",
    "make_script",
    "plan_slot",
    "record_clipping",
    "remind_of_end",
    "save_abbreviation",
    "save_feed",
    "save_press_body",
    "save_station",
    "sign_agreement",
    "take_agreement_step",
    "take_candidate",
    "take_in_items",
    "take_script_step",
    "withdraw_clipping",
    "write_script",
]
