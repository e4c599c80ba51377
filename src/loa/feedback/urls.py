from loa.feedback.case_urls import patterns as staff
from loa.feedback.dialogue_urls import patterns as dialogues
from loa.feedback.intake_urls import patterns as intake
from loa.feedback.public_urls import patterns as public
from loa.feedback.register_urls import patterns as register

app_name = "feedback"
urlpatterns = [*public, *register, *dialogues, *staff, *intake]
