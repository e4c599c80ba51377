from loa.desk.tables.agencies import LeadershipAgencyTable, LeadershipMoneyTable
from loa.desk.tables.reports import LeadershipChangeTable, LeadershipExplanationTable, LeadershipReportTable
from loa.desk.tables.work import (
    LeadershipAssignmentTable,
    LeadershipDeliverableTable,
    LeadershipTargetTable,
    LeadershipTaskTable,
)

__all__ = [
    "LeadershipAgencyTable",
    "LeadershipAssignmentTable",
    "LeadershipChangeTable",
    "LeadershipDeliverableTable",
    "LeadershipExplanationTable",
    "LeadershipMoneyTable",
    "LeadershipReportTable",
    "LeadershipTargetTable",
    "LeadershipTaskTable",
]
