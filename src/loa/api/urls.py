from csp.decorators import csp_update
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from loa.api.open_data import register_open_data
from loa.api.views import AnswerViewSet, CaseViewSet, PlanViewSet, TaskViewSet

app_name = "api"
router = SimpleRouter()
router.register("plans", PlanViewSet, basename="plan")
router.register("tasks", TaskViewSet, basename="task")
router.register("answers", AnswerViewSet, basename="answer")
router.register("cases", CaseViewSet, basename="case")
register_open_data(router)

# the schema's viewer styles itself in the page; the policy is looser on its path alone
docs = csp_update({"style-src": ["'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api/docs.html")
)
urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
]
