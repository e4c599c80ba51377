from loa.budgets.models.appraisal import Approval, ApprovedLine, LineAppraisal
from loa.budgets.models.budget import MOST_MONEY, Ceiling, CostNorm, FundingSource, PlanBudget
from loa.budgets.models.estimate import (
    Estimate,
    EstimateHand,
    EstimateLine,
    EstimateVersion,
    Side,
    VersionLine,
)
from loa.budgets.models.spending import CarriedMoney, Commitment, Payment, Settlement, VoucherFile

__all__ = [
    "MOST_MONEY",
    "Approval",
    "ApprovedLine",
    "CarriedMoney",
    "Ceiling",
    "Commitment",
    "CostNorm",
    "Estimate",
    "EstimateHand",
    "EstimateLine",
    "EstimateVersion",
    "FundingSource",
    "LineAppraisal",
    "Payment",
    "PlanBudget",
    "Settlement",
    "Side",
    "VersionLine",
    "VoucherFile",
]
