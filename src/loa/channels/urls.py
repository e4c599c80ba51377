from django.urls import path

from loa.channels.views import deliveries, notices, posts, reminders, rules

app_name = "channels"
urlpatterns = [
    path("", notices.notice_list, name="notice_list"),
    path("da-doc/", notices.notice_read_all, name="notice_read_all"),
    path("<int:pk>/mo/", notices.notice_open, name="notice_open"),
    path("<int:pk>/da-doc/", notices.notice_read, name="notice_read"),
    path("cai-dat/", notices.mail_settings, name="mail_settings"),
    path("thu-hong/<int:pk>/", deliveries.failed_delivery_list, name="failed_delivery_list"),
    path("thu-hong/<int:pk>/gui-lai/", deliveries.delivery_retry, name="delivery_retry"),
    path("quan-tri/<int:pk>/", deliveries.channel_settings, name="channel_settings"),
    path("qua-han/", reminders.overdue_list, name="overdue_list"),
    path("qua-han/<slug:kind>/", reminders.overdue_list, name="overdue_of_kind"),
    path("don-doc/<slug:kind>/<int:pk>/", reminders.reminder_list, name="reminder_list"),
    path("don-doc/<slug:kind>/<int:pk>/ghi/", reminders.reminder_record, name="reminder_record"),
    path("don-doc/<slug:kind>/<int:pk>/nhac/", reminders.reminder_nudge, name="reminder_nudge"),
    path("bac-nhac/", rules.rule_list, name="rule_list"),
    path("bac-nhac/them/", rules.rule_add, name="rule_add"),
    path("bac-nhac/<int:pk>/", rules.rule_edit, name="rule_edit"),
    path("noi-dang/", posts.outlet_list, name="outlet_list"),
    path("noi-dang/them/", posts.outlet_add, name="outlet_add"),
    path("noi-dang/<int:pk>/", posts.outlet_edit, name="outlet_edit"),
    path("cong-bo/<slug:kind>/<int:pk>/", posts.announcement, name="announcement"),
    path("cong-bo/<slug:kind>/<int:pk>/dang/", posts.announce, name="announce"),
    path("bai-dang/", posts.post_list, name="post_list"),
    path("bai-dang/<int:pk>/", posts.post_detail, name="post_detail"),
    path("bai-dang/<int:pk>/buoc/<slug:step>/", posts.post_step, name="post_step"),
]
