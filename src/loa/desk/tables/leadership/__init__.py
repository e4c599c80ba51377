from loa.desk.tables.leadership.agencies import LeadershipAgencyTable, LeadershipMoneyTable
from loa.desk.tables.leadership.reports import (
    LeadershipChangeTable,
    LeadershipExplanationTable,
    LeadershipReportTable,
)
from loa.desk.tables.leadership.work import (
    LeadershipAssignmentTable,
    LeadershipDeliverableTable,
    LeadershipTalkTable,
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
    "LeadershipTalkTable",
    "LeadershipTargetTable",
    "LeadershipTaskTable",
]
