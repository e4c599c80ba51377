"""Every sentence with which a file is refused: what is wrong, what to do.

Reads: a code. Writes: `UnreadableDocumentError` with that code and both languages.
"""

from __future__ import annotations

from officialdoc.model import UnreadableDocumentError

_SENTENCES: dict[str, tuple[str, str]] = {
    "empty": (
        "Tệp không có nội dung chữ. Hãy kiểm tra lại và chọn tệp kế hoạch đầy đủ.",
        "The file holds no text. Check it and choose the complete plan document.",
    ),
    "missing": (
        "Không mở được tệp. Hãy kiểm tra đường dẫn và quyền đọc tệp.",
        "The file cannot be opened. Check its path and that you may read it.",
    ),
    "broken": (
        "Tệp bị hỏng hoặc bị cắt cụt nên không đọc được. Hãy mở bằng phần mềm soạn thảo và lưu lại, hoặc lấy lại bản gốc.",
        "The file is damaged or cut short. Open it in an office program and save it again, or fetch the original.",
    ),
    "encrypted": (
        "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu rồi lưu lại trước khi đọc.",
        "The file is protected by a password. Remove the password and save it again first.",
    ),
    "scan": (
        "Tệp là bản chụp, không có lớp chữ. Hãy dùng bản điện tử có chữ, hoặc nhận dạng chữ (OCR) trước khi đọc.",
        "The file is a scan without a text layer. Use the electronic original, or run text recognition (OCR) first.",
    ),
    "garbage_text": (
        "Lớp chữ của tệp không đọc được thành tiếng Việt (sai bảng mã hoặc phông chữ). Hãy dùng bản .docx gốc hoặc xuất lại PDF với phông Unicode.",
        "The file's text layer does not read as words (wrong encoding or fonts). Use the original .docx or export the PDF again with Unicode fonts.",
    ),
    "file_too_big": (
        "Tệp vượt quá {megabytes} MB. Hãy tách phụ lục hoặc giảm ảnh trong tệp rồi thử lại.",
        "The file is over {megabytes} MB. Split off annexes or shrink its pictures and try again.",
    ),
    "too_many_pages": (
        "Tệp có quá nhiều trang (trên {pages} trang). Hãy tách phần kế hoạch ra tệp riêng.",
        "The file has too many pages (over {pages}). Split the plan into a file of its own.",
    ),
    "too_much_content": (
        "Nội dung trong tệp quá lớn hoặc lồng quá sâu. Hãy tách phần kế hoạch ra tệp riêng rồi thử lại.",
        "The file unpacks to too much content or is nested too deeply. Split the plan into a file of its own and try again.",
    ),
    "zip_bomb": (
        "Tệp nén chứa dữ liệu phình to bất thường nên bị từ chối. Hãy lưu lại tệp bằng phần mềm soạn thảo.",
        "The packed file unpacks to an abnormal size and is refused. Save the document again with an office program.",
    ),
    "forbidden_xml": (
        "Tệp chứa khai báo XML không được phép (DTD, thực thể). Hãy lưu lại tệp bằng phần mềm soạn thảo.",
        "The file holds forbidden XML declarations (DTD, entities). Save the document again with an office program.",
    ),
    "too_slow": (
        "Đọc tệp quá {seconds} giây nên đã dừng. Hãy tách phần kế hoạch ra tệp riêng rồi thử lại.",
        "Reading took over {seconds} seconds and was stopped. Split the plan into a file of its own and try again.",
    ),
    "too_big": (
        "Đọc tệp cần quá {megabytes} MB bộ nhớ nên đã dừng. Hãy tách phần kế hoạch ra tệp riêng rồi thử lại.",
        "Reading needed over {megabytes} MB of memory and was stopped. Split the plan into a file of its own and try again.",
    ),
    "format_doc": (
        "Tệp .doc cũ không đọc được. Hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx.",
        "The old .doc format is not read. Open it in Word or LibreOffice and save it as .docx.",
    ),
    "format_rtf": (
        "Tệp RTF không đọc được. Hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx.",
        "RTF is not read. Open it in Word or LibreOffice and save it as .docx.",
    ),
    "format_odt": (
        "Tệp OpenDocument (.odt) không đọc được. Hãy mở bằng LibreOffice và lưu lại thành .docx.",
        "OpenDocument (.odt) is not read. Open it in LibreOffice and save it as .docx.",
    ),
    "format_sheet": (
        "Tệp là bảng tính hoặc trình chiếu, không phải văn bản. Hãy dùng bản .docx hoặc .pdf của kế hoạch.",
        "The file is a spreadsheet or a presentation, not a document. Use the plan's .docx or .pdf.",
    ),
    "format_image": (
        "Tệp là hình ảnh. Hãy dùng bản .docx hoặc .pdf có chữ, hoặc nhận dạng chữ (OCR) trước khi đọc.",
        "The file is a picture. Use the .docx or a .pdf with text, or run text recognition (OCR) first.",
    ),
    "format_archive": (
        "Tệp là tệp nén. Hãy giải nén và chọn văn bản kế hoạch bên trong.",
        "The file is an archive. Unpack it and choose the plan document inside.",
    ),
    "format_unknown": (
        "Không nhận ra định dạng tệp. Hãy dùng .docx, .pdf có chữ, .html, .txt hoặc .md.",
        "The file's format is not recognised. Use .docx, .pdf with text, .html, .txt or .md.",
    ),
}


def refusal(code: str, **figures: int) -> UnreadableDocumentError:
    vi, en = _SENTENCES[code]
    return UnreadableDocumentError(code, vi=vi.format(**figures), en=en.format(**figures))
