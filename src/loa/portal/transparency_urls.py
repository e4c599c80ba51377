"""Addresses of plans in the open and of open data, and of the staff who decide on them."""

from django.urls import path

from loa.portal.views import open_data, plan_openings, public_feeds, transparency

transparency_urls = [
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
    path("quan-ly-cong-khai/", plan_openings.publication_list, name="plan_opening_list"),
    path("quan-ly-cong-khai/<int:pk>/", plan_openings.publication_detail, name="plan_opening_detail"),
    path("quan-ly-cong-khai/<int:pk>/tinh-trang/", plan_openings.plan_publicity, name="plan_publicity"),
    path(
        "quan-ly-cong-khai/<int:pk>/xem-truoc/",
        plan_openings.publication_preview,
        name="plan_opening_preview",
    ),
    path(
        "quan-ly-cong-khai/<int:pk>/thu-hoi/",
        plan_openings.publication_take_back,
        name="plan_opening_take_back",
    ),
    path("quan-ly-cong-khai/bao-cao/<int:pk>/", plan_openings.report_publish, name="report_publish"),
    path(
        "quan-ly-cong-khai/bao-cao/<int:pk>/thu-hoi/", plan_openings.report_take_back, name="report_take_back"
    ),
]
