from django.urls import include, path

urlpatterns = [
    path("", include("loa.desk.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("danh-ba/", include("loa.directory.urls")),
    path("thong-bao/", include("loa.channels.urls")),
    path("", include("loa.documents.urls")),
    path("ke-hoach/", include("loa.plans.urls")),
    path("kinh-phi/", include("loa.budgets.urls")),
    path("bao-cao/", include("loa.reports.urls")),
    path("", include("loa.procedures.urls")),
    path("", include("loa.campaigns.urls")),
    path("", include("loa.feedback.urls")),
    path("", include("loa.events.urls")),
    path("", include("loa.core.urls")),
    path("api/", include("loa.api.urls")),
    path("open311/", include("loa.api.open311_urls")),
    path("ket-noi/", include("loa.api.desk_urls")),
    path("", include("loa.portal.urls")),  # last: pages answer to what nothing else answers to
]
handler403 = "loa.core.views.forbidden"
handler404 = "loa.core.views.not_found"
handler500 = "loa.core.views.broken"
