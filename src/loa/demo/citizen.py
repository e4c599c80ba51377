"""People of the sample city write in, follow their cases, rate the answers, and ask about their own data."""

from __future__ import annotations

from datetime import date
from functools import partial

from loa.demo.year import Cast, Happening
from loa.directory.models import Agency, User
from loa.feedback import actions
from loa.feedback.models import Case, IntakeDesk
from loa.plans.models import Plan
from loa.procedures.models import Procedure

OFFICE, ANSWERING = "vp-ubnd", "so-tu-phap"
SAID = {
    "demo-phieu-hen": (
        "Tôi nộp hồ sơ chứng thực từ tuần trước mà chưa nhận được phiếu hẹn trả kết quả. Khi hỏi thì được trả lời là "
        "cứ chờ. Xin cho biết khi nào tôi được nhận kết quả?"
    ),
    "demo-ly-lich": (
        "Làm phiếu lý lịch tư pháp phải đi lại hai lần, một lần nộp và một lần nhận. Có thể nhận kết quả qua bưu điện "
        "để người ở huyện đảo đỡ phải đi lại không?"
    ),
    "demo-thieu-so": "Hồ sơ đăng ký khai sinh cho con tôi bị trả lại mà không ghi rõ thiếu giấy tờ gì.",
    "demo-khen": "Tôi xin cảm ơn cán bộ một cửa đã hướng dẫn mẹ tôi rất tận tình sáng thứ Bảy vừa qua.",
}
ANSWERS = {
    "demo-phieu-hen": (
        "Theo quy định, người nộp hồ sơ được cấp giấy tiếp nhận và hẹn trả kết quả ngay khi nộp. Hồ sơ của ông, bà đã có "
        "kết quả; mời đến nhận trong giờ hành chính. Chúng tôi xin lỗi và đã nhắc bộ phận tiếp nhận."
    ),
    "demo-ly-lich": "Sở nhận và trả kết quả tại trụ sở trong giờ hành chính.",
}


class CitizenStory:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def open_desk(self) -> None:
        office = Agency.objects.get(code=OFFICE)
        IntakeDesk.objects.get_or_create(
            agency=office,
            defaults={
                "denunciation_officer": self.cast.of(office, "focal_point"),
                "is_main": True,
                "phone": "0225 3000 000",
            },
        )

    def write(self, key: str, kind: str, *, name: str = "", email: str = "") -> None:
        actions.submit_case(
            actions.Words(
                SAID[key],
                kind=kind,
                commune=Agency.objects.filter(kind=Agency.Kind.COMMUNE, valid_to__isnull=True).first(),
                procedure=Procedure.objects.filter(agency__code=ANSWERING).first(),
            ),
            key=key,
            source="web",
            identity=actions.Identity(name=name, email=email),
            consents={"contact": "Báo cho tôi qua thư điện tử về hồ sơ"} if email else {},
        )

    def send_on(self, key: str, kind: str) -> None:
        case, agency = _case(key), Agency.objects.get(code=ANSWERING)
        intake = self.cast.of(case.intake, "focal_point")
        actions.classify_case(case, kind=kind, subject=None, by=intake)
        actions.assign_case(case, agency, by=intake)
        focal = self.cast.of(agency, "focal_point")
        actions.accept_case(case, officer=focal, by=focal)

    def ask_back(self, key: str) -> None:
        case = _case(key)
        actions.ask_information(
            case, question="Xin cho biết số giấy tiếp nhận hoặc ngày nộp hồ sơ.", by=self.officer(case)
        )

    def say(self, key: str, words: str) -> None:
        case = _case(key)
        actions.say_status(case, words=words, by=self.officer(case))

    def officer(self, case: Case) -> User:
        return self.cast.of(case.agency or case.intake, "focal_point")

    def answer(self, key: str) -> None:
        case = _case(key)
        officer = self.officer(case)
        actions.write_answer(case, text=ANSWERS[key], edition=case.edition, by=officer)
        actions.hand_answer_to_head(case, by=officer)
        actions.approve_answer(case, by=self.cast.of(case.agency, "head"))
        actions.send_answer(case, by=self.cast.of(case.intake, "focal_point"))


def _case(key: str) -> Case:
    return Case.objects.select_related("agency", "intake", "officer").get(key=key)


def happenings(plan: Plan, cast: Cast) -> list[Happening]:
    del plan
    story = CitizenStory(cast)
    told = [
        (date(2019, 2, 25), story.open_desk),
        (date(2019, 6, 10), partial(story.write, "demo-phieu-hen", "question", name="Người dân mẫu", email="nguoi.dan@example.vn")),
        (date(2019, 6, 11), partial(story.send_on, "demo-phieu-hen", "conduct")),
        (date(2019, 6, 17), partial(story.say, "demo-phieu-hen", "Sở đang kiểm tra lại việc cấp giấy hẹn tại bộ phận một cửa.")),
        (date(2019, 6, 20), partial(story.answer, "demo-phieu-hen")),
        (date(2019, 6, 21), lambda: actions.rate_case(_case("demo-phieu-hen"), stars=5, words="Trả lời rõ, cảm ơn.")),
        (date(2019, 6, 14), partial(story.write, "demo-ly-lich", "proposal")),
        (date(2019, 6, 17), partial(story.send_on, "demo-ly-lich", "proposal")),
        (date(2019, 6, 28), partial(story.answer, "demo-ly-lich")),
        (date(2019, 7, 1), lambda: actions.reopen_case(_case("demo-ly-lich"), reason="Tôi hỏi việc trả kết quả qua bưu điện, câu trả lời chưa nói đến.")),
        (date(2019, 7, 4), partial(story.write, "demo-thieu-so", "conduct", name="Bà Hồ Thị Mẫu")),
        (date(2019, 7, 5), partial(story.send_on, "demo-thieu-so", "conduct")),
        (date(2019, 7, 9), partial(story.ask_back, "demo-thieu-so")),
        (date(2019, 7, 11), lambda: actions.ask_data(_case("demo-phieu-hen"), kind="copy")),
        (date(2019, 7, 15), partial(story.write, "demo-khen", "praise")),
    ]  # fmt: skip
    return sorted(told, key=lambda each: each[0])
