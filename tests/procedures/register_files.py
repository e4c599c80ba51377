"""Files of procedures written by hand in the shape of the national register, and a sheet of ours."""

import gzip
import io
import json

from openpyxl import Workbook

ROW = {
    "ma_thu_tuc": "1.000001",
    "ten_thu_tuc": "Thủ tục mẫu thứ nhất",
    "so_quyet_dinh": "15/QĐ-BTP",
    "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
    "linh_vuc": "Hộ tịch",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "co_quan_co_tham_quyen": "",
    "dia_chi_tiep_nhan": "",
    "co_quan_phoi_hop": "",
    "trinh_tu_thuc_hien": "Bước 1: Nộp.\nBước 2: Nhận.",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày làm việcMiễn phíTrực tiếp"
    "7 Ngày400,000 Việt Nam Đồng(/hồ sơ)Nộp tại quầy.Dịch vụ bưu chínhKhông có thông tinMiễn phí",
    "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai đăng kýMauso1.docx1 bản chính"
    "Giấy tờ tùy thân0 bản chính,2 bản saoTrường hợp ủy quyền:Tên giấy tờMẫu đơn, tờ khaiSố lượngVăn bản ủy quyền1 bản chính",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Hộ tịch60/2014/QH13Nghị định quy định chi tiết"
    "123/2015/NĐ-CPThông tư số 04/2020/TT-BTP ngày 28/5/2020 của Bộ Tư pháp04/2020/TT-BTP",
    "co_quan_thuc_hien": "Sở Tư pháp",
    "yeu_cau_dieu_kien": "Không có thông tinTừ khóaKhông có thông tin",
    "ket_qua_xu_ly": "Giấy xác nhậnMã: KQ.G15.000001Văn bản từ chốiMã: KQ.G15.000002Từ khóaKhông có thông tin",
}


def row(number=1, **fields):
    return {**ROW, "ma_thu_tuc": f"1.{number:06d}", "ten_thu_tuc": f"Thủ tục mẫu số {number}", **fields}


def lines(*rows, packed=False):
    content = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in rows).encode()
    return gzip.compress(content) if packed else content


def sheet(heading, *rows):
    book = Workbook()
    book.active.append(heading)
    for each in rows:
        book.active.append(each)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
