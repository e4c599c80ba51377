from django.urls import URLPattern, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as newsroom_urls
from wagtail.documents import urls as attachment_urls

from loa.portal.views import open_data, public_feeds, publications, transparency

_public = [
    path("cong-khai/", transparency.public_plan_list, name="public_plan_list"),
    path("cong-khai/thay-doi.atom", public_feeds.public_feed, name="public_feed"),
    path("cong-khai/<int:pk>/", transparency.plan_public, name="plan_public"),
    path("cong-khai/<int:pk>/nhiem-vu/", transparency.public_tasks, name="public_tasks"),
    path("cong-khai/<int:pk>/lich-trinh/", transparency.public_timeline, name="public_timeline"),
    path("cong-khai/<int:pk>/do-phu/", transparency.public_coverage, name="public_coverage"),
    path("cong-khai/<int:pk>/kinh-phi/", transparency.public_money, name="public_money"),
    path("cong-khai/<int:pk>/van-ban/", transparency.public_plan_file, name="public_plan_file"),
    path("cong-khai/<int:pk>/lich.ics", public_feeds.public_calendar, name="public_calendar"),
    path("cong-khai/<int:pk>/thay-doi.atom", public_feeds.public_plan_feed, name="public_plan_feed"),
    path("cong-khai/<int:pk>/tien-do.svg", public_feeds.public_badge, name="public_badge"),
    path("cong-khai/nhiem-vu/<int:pk>/", transparency.task_public, name="task_public"),
    path("cong-khai/bao-cao/<int:pk>/", transparency.report_file, name="report_file"),
    path("du-lieu-mo/", open_data.open_data_catalogue, name="open_data"),
    path("du-lieu-mo/danh-muc.jsonld", open_data.open_data_jsonld, name="open_data_jsonld"),
    path("du-lieu-mo/<slug:name>/", open_data.dataset, name="dataset"),
    path("du-lieu-mo/<slug:name>.csv-metadata.json", open_data.dataset_schema, name="dataset_schema"),
    path("du-lieu-mo/<slug:name>.<slug:form>", open_data.dataset_file, name="dataset_file"),
    path("quan-ly-cong-khai/", publications.publication_list, name="publication_list"),
    path("quan-ly-cong-khai/<int:pk>/", publications.publication_detail, name="publication_detail"),
    path("quan-ly-cong-khai/<int:pk>/tinh-trang/", publications.plan_publicity, name="plan_publicity"),
    path(
        "quan-ly-cong-khai/<int:pk>/xem-truoc/", publications.publication_preview, name="publication_preview"
    ),
    path(
        "quan-ly-cong-khai/<int:pk>/thu-hoi/",
        publications.publication_take_back,
        name="publication_take_back",
    ),
    path("quan-ly-cong-khai/bao-cao/<int:pk>/", publications.report_publish, name="report_publish"),
    path(
        "quan-ly-cong-khai/bao-cao/<int:pk>/thu-hoi/", publications.report_take_back, name="report_take_back"
    ),
]
own: list[URLPattern] = [*_public]  # the portal's addresses that are no pages

urlpatterns = [
    path("", include((own, "portal"))),
    path("toa-soan/", include(newsroom_urls)),
    path("tep-dinh-kem/", include(attachment_urls)),
    path("", include(wagtail_urls)),
]
