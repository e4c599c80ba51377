import pytest
from django.urls import reverse

from factories import make_agency, make_user
from loa.desk.context import menu_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "path", "entry"),
    [
        ("clerk", "/tiep-nhan/", "feedback:case_list"),
        ("clerk", "/tiep-nhan/to-cao/", "feedback:case_list"),
        ("clerk", "/phan-anh/doi-thoai/", "feedback:case_list"),
        ("leader", "/dieu-hanh/phan-anh/", "desk:leadership"),
        ("focal_point", "/ke-hoach/1/", "plans:plan_list"),
        ("focal_point", "/ke-hoach/nhap/", "plans:import_list"),
        ("administrator", "/lich-lam-viec/", "directory:administration"),
        ("administrator", "/danh-ba/quan-tri/", "directory:administration"),
        ("editor", "/quan-ly-tin-bai/can-ra-soat/", "wagtailadmin_home"),
    ],
)
def test_menu_shows_where_one_is(role, path, entry):
    user = make_user(make_agency(), role)

    assert [item["url"] for item in menu_for(user, path) if item["current"]] == [reverse(entry)]


def test_no_entry_is_current_on_a_page_outside_the_menu():
    user = make_user(make_agency(), "clerk")

    assert [item["url"] for item in menu_for(user, "/thong-bao/") if item["current"]] == []
