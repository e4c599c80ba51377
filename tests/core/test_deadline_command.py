import subprocess
import sys

import pytest

from loa.cli.deadline import run

ACT = "Công văn 12729/VPCP-KGVX ngày 25/12/2025"


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-02-13", "5", "2026-02-27"),
        ("13/02/2026", "5", "2026-02-27"),
        ("31/12/2025", "1", "2026-01-05"),
        ("9/1/2026", "1", "2026-01-10"),
        ("2019-02-03", "0", "2019-02-03"),
    ],
)
def test_deadline_prints_one_iso_date(capsys, start, n, due):
    code = run([start, n])

    assert (code, capsys.readouterr().out) == (0, f"{due}\n")


def test_deadline_reasons_day_by_day_on_stderr(capsys):
    run(["01/01/2026", "2"])

    assert capsys.readouterr().err.splitlines() == [
        "01/01/2026 (Thứ Năm): ngày bắt đầu, không tính",
        f"02/01/2026 (Thứ Sáu): không tính, Nghỉ hoán đổi dịp Tết Dương lịch 2026 (làm bù 10/01/2026) [{ACT}]",
        "03/01/2026 (Thứ Bảy): không tính, nghỉ hằng tuần",
        "04/01/2026 (Chủ nhật): không tính, nghỉ hằng tuần",
        "05/01/2026 (Thứ Hai): ngày làm việc thứ 1",
        "06/01/2026 (Thứ Ba): ngày làm việc thứ 2",
    ]


def test_deadline_counts_a_worked_saturday_by_its_act(capsys):
    run(["09/01/2026", "1"])

    assert capsys.readouterr().err.splitlines()[1:] == [
        f"10/01/2026 (Thứ Bảy): ngày làm việc thứ 1, Làm bù cho ngày 02/01/2026 [{ACT}]",
    ]


def test_deadline_warns_across_days_not_yet_announced(capsys):
    run(["03/02/2027", "1"])

    assert capsys.readouterr().err.splitlines()[-1] == (
        "Lưu ý: có ngày nghỉ chưa được công bố chính thức, hạn này có thể thay đổi."
    )


@pytest.mark.parametrize("argv", [["2027-12-31", "1"], ["2015-01-01", "3"], ["2015-01-01", "0"]])
def test_deadline_outside_the_calendar_is_refused(capsys, argv):
    code = run(argv)

    printed = capsys.readouterr()
    assert (code, printed.out, printed.err) == (
        2,
        "",
        "Ngoài lịch làm việc: chỉ tính được từ 01/01/2016 đến 31/12/2027.\n",
    )


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["30/02/2026", "1"], "Không có ngày “30/02/2026” trong lịch."),
        (["2026-02-13", "-1"], "Số ngày làm việc phải là số nguyên không âm, không phải “-1”."),
        (["2026-02-13", "năm"], "Số ngày làm việc phải là số nguyên không âm, không phải “năm”."),
    ],
)
def test_deadline_bad_input_is_refused_in_one_sentence(capsys, argv, sentence):
    code = run(argv)

    printed = capsys.readouterr()
    assert (code, printed.out, printed.err) == (2, "", f"{sentence}\n")


@pytest.mark.parametrize("argv", [[], ["2026-02-13"], ["hôm nay", "1"], ["a", "1", "2"]])
def test_deadline_misuse_shows_how_to_use_it(capsys, argv):
    code = run(argv)

    printed = capsys.readouterr()
    assert (code, printed.out, printed.err.splitlines()[-1][-37:]) == (
        2,
        "",
        "ngày viết 2026-02-13 hoặc 13/02/2026)",
    )


def test_deadline_help_is_not_an_error(capsys):
    code = run(["--help"])

    assert (code, capsys.readouterr().err) == (0, "")


def test_deadline_needs_no_django():
    script = "import sys; from loa.cli.deadline import run; run(sys.argv[1:]); print('django' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", script, "2026-02-13", "5"], capture_output=True, text=True, check=True
    )

    assert done.stdout == "2026-02-27\nFalse\n"
