"""How good and how fast the intake's suggestions are, on case texts made by a fixed rule, and held back from learning.

Run: python tests/bench/bench_suggestions.py [CASES]. Texts are composed of what people write about each field (our
own sentences), of what they write about any (waiting, papers, manners), with words left out and marks dropped as on a
phone; one in twenty was in the end answered by another body than its field's, as in earnest. Prints top 1 and top 3
against always guessing the commonest, by how sure the suggestion was, and times at the full count.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from datetime import date

CASES, HELD_BACK, OTHERWISE = 6_000, 600, 0.05
FIELDS = {
    "Sở Tư pháp": (
        "đăng ký khai sinh cho con", "xin trích lục khai tử", "chứng thực bản sao học bạ", "đăng ký kết hôn với người nước ngoài",
        "cải chính họ tên trong giấy khai sinh", "phiếu lý lịch tư pháp", "công chứng hợp đồng ủy quyền", "xác nhận tình trạng hôn nhân",
    ),
    "Sở Tài nguyên và Môi trường": (
        "tách thửa đất cho con", "cấp sổ đỏ lần đầu", "đo đạc lại ranh giới thửa đất", "chuyển mục đích đất vườn",
        "cơ sở sản xuất xả nước thải ra mương", "khói bụi từ lò gạch", "đính chính giấy chứng nhận quyền sử dụng đất", "bồi thường khi thu hồi đất",
    ),
    "Sở Xây dựng": (
        "xin giấy phép xây dựng nhà ở", "nhà bên cạnh xây lấn khoảng lùi", "chung cư xuống cấp", "mua nhà ở xã hội",
        "quỹ bảo trì nhà chung cư", "cải tạo nhà trong khu phố cũ", "quy hoạch treo nhiều năm", "cây xanh đổ vào nhà",
    ),
    "Sở Giao thông vận tải": (
        "đổi giấy phép lái xe", "xe buýt bỏ chuyến", "phù hiệu xe tải", "đăng kiểm xe quá hạn",
        "bến xe thu phí cao", "xe quá tải chạy qua cầu", "biển báo bị che khuất", "lắp gờ giảm tốc trước cổng trường",
    ),
    "Sở Lao động - Thương binh và Xã hội": (
        "trợ cấp thất nghiệp", "chế độ con liệt sĩ", "xét hộ nghèo", "trợ cấp người khuyết tật",
        "công ty nợ lương", "xác nhận thương binh", "giấy phép lao động cho người nước ngoài", "mai táng phí",
    ),
    "Sở Y tế": (
        "bệnh viện thu tiền tạm ứng", "tiêm chủng cho trẻ", "thẻ bảo hiểm y tế sai tên", "trạm y tế thiếu thuốc",
        "chứng chỉ hành nghề dược", "quầy thuốc bán không đơn", "khám sức khỏe lái xe", "ngộ độc ở bếp ăn",
    ),
    "Sở Giáo dục và Đào tạo": (
        "tuyển sinh lớp một trái tuyến", "học phí và các khoản thu thêm", "chuyển trường giữa năm", "cấp lại bằng tốt nghiệp",
        "thi tuyển giáo viên", "dạy thêm tràn lan", "trường mầm non tư thục", "xét tuyển lớp mười",
    ),
    "Công an thành phố": (
        "nhập hộ khẩu theo chồng", "làm căn cước công dân", "đăng ký tạm trú cho người thuê", "đăng ký xe máy mất giấy tờ",
        "karaoke mở loa quá khuya", "giấy phép phòng cháy chữa cháy", "tách hộ khẩu", "cấp hộ chiếu",
    ),
    "Sở Kế hoạch và Đầu tư": (
        "đăng ký thành lập doanh nghiệp", "thay đổi người đại diện theo pháp luật", "giải thể công ty", "ưu đãi đầu tư dự án",
        "hồ sơ mời thầu", "hợp tác xã chuyển đổi", "tạm ngừng kinh doanh", "bổ sung ngành nghề kinh doanh",
    ),
    "Sở Nông nghiệp và Phát triển nông thôn": (
        "mương thủy lợi cạn nước", "dịch tả lợn châu Phi", "hỗ trợ tiêu hủy đàn lợn", "đăng ký tàu cá",
        "giống lúa kém chất lượng", "đê kè sạt lở", "nước sạch nông thôn", "thuốc bảo vệ thực vật giả",
    ),
    "Sở Công Thương": (
        "mất điện kéo dài", "giá điện tính sai bậc", "chợ tạm lấn đường", "cửa hàng xăng dầu gian lận",
        "giấy phép bán lẻ rượu", "bán hàng đa cấp", "khuyến mại không đúng", "cụm công nghiệp thiếu hạ tầng",
    ),
    "Sở Nội vụ": (
        "thái độ của cán bộ một cửa", "thi tuyển công chức", "nâng lương trước hạn", "chia tách tổ dân phố",
        "khen thưởng người có công", "cán bộ đi họp bỏ quầy", "kỷ luật công chức", "bầu tổ trưởng dân phố",
    ),
}  # fmt: skip
ANYTHING = (
    "Tôi nộp hồ sơ đã {n} tuần mà chưa thấy phiếu hẹn.", "Mỗi lần đến lại được bảo thiếu một loại giấy khác.",
    "Đề nghị cơ quan trả lời rõ thời hạn và lệ phí.", "Nộp qua mạng báo lỗi nên phải đến trực tiếp.",
    "Người trực nói chờ lãnh đạo ký.", "Gia đình tôi ở xa, đi lại {n} lần rất tốn kém.",
    "Xin hỏi cần những giấy tờ gì và nộp ở đâu?", "Mong được hướng dẫn cụ thể bằng văn bản.",
    "Tôi đã gọi đường dây nóng nhưng không ai nghe máy.", "Vì sao quy định mỗi nơi một khác?",
)  # fmt: skip
OPENINGS = ("Xin hỏi về việc {what}.", "Tôi phản ánh việc {what}.", "Kính gửi cơ quan, tôi có việc {what} cần giải quyết.",
            "Nhà tôi đang làm {what}.", "Về {what}: tôi thấy chưa ổn.", "Cho tôi hỏi {what} thì làm thế nào?")  # fmt: skip


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LOA_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "loa.config.settings"}
        import django

        django.setup()
        measure(count)


def composed(number: int) -> tuple[str, str]:
    """The number-th text and the body that answered it; the same on every run."""
    dice = random.Random(number)
    names = list(FIELDS)
    name = names[int(len(names) * dice.random() ** 1.4)]  # some bodies are asked far more often
    told = dice.sample(FIELDS[name], k=dice.choice((1, 1, 1, 2)))
    if dice.random() < 0.15:  # another field is touched in passing
        told.append(dice.choice(FIELDS[dice.choice(names)]))
    parts = [dice.choice(OPENINGS).format(what=" và ".join(told))]
    parts += [line.format(n=dice.randint(2, 9)) for line in dice.sample(ANYTHING, k=dice.randint(1, 4))]
    words = " ".join(parts).split()
    text = " ".join(word for word in words if dice.random() > 0.06)
    if dice.random() < 0.3:
        from loa.core.text import fold

        text = fold(text)
    return text, dice.choice(names) if dice.random() < OTHERWISE else name


def measure(count: int) -> None:
    from django.core.management import call_command

    from factories.directory import make_agency
    from factories.feedback import make_desk
    from loa.core import clock
    from loa.feedback import clocks
    from loa.feedback.models import WordCount

    call_command("migrate", verbosity=0)
    clock.set_today(date(2019, 4, 15))
    intake = make_desk().agency
    agencies = {name: make_agency(name) for name in FIELDS}
    make_cases(count, agencies, intake)
    begun, learned = time.perf_counter(), 0
    while batch := clocks.learn():
        learned += batch
    taken = time.perf_counter() - begun
    say(
        f"learned {learned} cases in {taken:.1f} s ({1000 * taken / learned:.2f} ms each), {WordCount.objects.count()} counts"
    )
    judge(count, agencies)


def make_cases(count, agencies, intake):
    from loa.core import clock
    from loa.feedback.models import Case

    now = clock.now()
    for start in range(0, count, 2000):
        rows = []
        for number in range(start, min(start + 2000, count)):
            text, name = composed(number)
            rows.append(
                Case(
                    code=f"B{number}",
                    secret=str(number),
                    key=str(number),
                    state="answered",
                    source="web",
                    title=text[:80],
                    content=text,
                    intake=intake,
                    agency=agencies[name],
                    received_at=now,
                    starts_on=now.date(),
                    search_text="",
                )
            )
        Case.objects.bulk_create(rows)


def judge(count, agencies):
    """Held-back texts: numbers that were never learned."""
    from loa.feedback.models import Case
    from loa.feedback.queries import suggested

    commonest = max(agencies, key=lambda name: sum(composed(n)[1] == name for n in range(min(count, 2000))))
    first = among = guessed = 0
    sure: dict[int, list[bool]] = {}
    begun = time.perf_counter()
    for number in range(10**7, 10**7 + HELD_BACK):
        text, name = composed(number)
        found = suggested(Case(title=text[:80], content=text), on=date(2019, 4, 15)).agencies
        names = [str(guess.what) for guess in found]
        first += names[:1] == [name]
        among += name in names[:3]
        guessed += name == commonest
        if found:
            sure.setdefault(min(found[0].percent // 20, 4), []).append(names[0] == name)
    taken = time.perf_counter() - begun
    say(f"held back {HELD_BACK}: first {first / HELD_BACK:.1%}, among three {among / HELD_BACK:.1%}, "
        f"always “{commonest}” {guessed / HELD_BACK:.1%}, {1000 * taken / HELD_BACK:.1f} ms each")  # fmt: skip
    for band, right in sorted(sure.items()):
        say(
            f"  said {band * 20}–{band * 20 + 20} % sure: {len(right)} times, right {sum(right) / len(right):.0%}"
        )


if __name__ == "__main__":
    main()
