from django.urls import include, path, register_converter

from loa.procedures.models.procedure import CODE
from loa.procedures.views import (
    board,
    changes,
    clarity,
    desks,
    imports,
    proposals,
    public,
    register,
    versions,
)


class CodeConverter:
    """A procedure's code: begins with a digit or a capital, so that no page of ours looks like one."""

    regex = CODE

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "procedure_code")

app_name = "procedures"
public_pages = [
    path("", public.public_list, name="public_list"),
    path("thay-doi/", changes.change_list, name="change_list"),
    path("thay-doi/atom/", changes.change_atom, name="change_atom"),
    path("thay-doi/rss/", changes.change_rss, name="change_rss"),
    path("niem-yet/", board.board_choice, name="board_choice"),
    path("niem-yet/<slug:agency>/", board.board_page, name="board_page"),
    path("niem-yet/<slug:agency>/pdf/", board.board_pdf, name="board_pdf"),
    path("<procedure_code:code>/", public.public_detail, name="public_detail"),
    path("<procedure_code:code>/cac-ban/", public.public_versions, name="public_versions"),
    path("<procedure_code:code>/ban/<int:number>/", public.public_version, name="public_version"),
    path("<procedure_code:code>/so-sanh/", public.public_compare, name="public_compare"),
    path("<procedure_code:code>/mau/<int:pk>/", public.public_file, name="public_file"),
    path("<procedure_code:code>/ma-qr.<slug:form>", board.public_qr, name="public_qr"),
    path("<procedure_code:code>/hoi/", public.public_ask, name="public_ask"),
    path("<procedure_code:code>/de-hieu/", clarity.public_clear, name="public_clear"),
]
staff_pages = [
    path("", register.procedure_list, name="procedure_list"),
    path("moi/", register.procedure_add, name="procedure_add"),
    path("<int:pk>/", register.procedure_detail, name="procedure_detail"),
    path("<int:pk>/sua/", register.procedure_edit, name="procedure_edit"),
    path("<int:pk>/ban-moi/", register.procedure_draft, name="procedure_draft"),
    path("<int:pk>/y-kien/", clarity.procedure_answers, name="procedure_answers"),
    path("y-kien/<int:pk>/bo-loi/", clarity.answer_clear, name="answer_clear"),
    path("ban/<int:pk>/", versions.version_detail, name="version_detail"),
    path("ban/<int:pk>/sua/", versions.version_edit, name="version_edit"),
    path("ban/<int:pk>/so-sanh/", versions.version_compare, name="version_compare"),
    path("ban/<int:pk>/mau/", versions.version_file, name="version_file"),
    path("ban/<int:pk>/de-xuat/", proposals.version_propose, name="version_propose"),
    path("ban/<int:pk>/buoc/<slug:step>/", versions.version_step, name="version_step"),
    path("mau/<int:pk>/", versions.file_download, name="file_download"),
    path("mau/<int:pk>/bo/", versions.file_remove, name="file_remove"),
    path("de-xuat/", proposals.proposal_list, name="proposal_list"),
    path("de-xuat/<int:pk>/", proposals.proposal_detail, name="proposal_detail"),
    path("de-xuat/<int:pk>/nhan/", proposals.proposal_take_up, name="proposal_take_up"),
    path("de-xuat/<int:pk>/buoc/<slug:step>/", proposals.proposal_step, name="proposal_step"),
    path("ke-hoach/<int:pk>/", proposals.plan_proposals, name="plan_proposals"),
    path("mot-cua/", desks.desk_list, name="desk_list"),
    path("mot-cua/<slug:agency>/", desks.desk_edit, name="desk_edit"),
    path("nhap/", imports.import_list, name="import_list"),
    path("nhap/moi/", imports.import_add, name="import_add"),
    path("nhap/<int:pk>/", imports.import_detail, name="import_detail"),
    path("nhap/<int:pk>/ten/", imports.import_names, name="import_names"),
    path("nhap/<int:pk>/xac-nhan/", imports.import_confirm, name="import_confirm"),
    path("nhap/<int:pk>/bo/", imports.import_drop, name="import_drop"),
]
urlpatterns = [
    path("thu-tuc/", include(public_pages)),
    path("quan-ly-thu-tuc/", include(staff_pages)),
]
