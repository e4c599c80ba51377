from loa.feedback.case_urls import patterns as staff
from loa.feedback.dialogue_urls import patterns as dialogues
from loa.feedback.intake_urls import patterns as intake
from loa.feedback.public_urls import patterns as public

app_name = "feedback"
urlpatterns = [*public, *dialogues, *staff, *intake]
