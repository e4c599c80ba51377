from django.urls import path

from loa.budgets.views import files, imports

app_name = "budgets"
urlpatterns = [
    path("<int:pk>/tep.<str:form>", files.budget_file, name="budget_file"),
    path("du-toan/<int:pk>/tep.<str:form>", files.estimate_file, name="estimate_file"),
    path("du-toan/<int:pk>/tham-dinh/<str:side>.<str:form>", files.appraisal_file, name="appraisal_file"),
    path("du-toan/<int:pk>/nhap/", imports.estimate_import, name="estimate_import"),
    path("du-toan/<int:pk>/nhap/ap-dung/", imports.estimate_import_apply, name="estimate_import_apply"),
]
