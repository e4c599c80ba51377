"""Small official papers that stand as evidence in the sample year, made by the program's own writer."""

from datetime import date

from officialdoc.write.model import OutgoingDocument, Signature, Text
from officialdoc.write.word import write_docx


def evidence_paper(agency: str, title: str, on: date) -> bytes:
    """A one-page .docx of an agency, stamped as a sample."""
    return write_docx(
        OutgoingDocument(
            kind="THÔNG BÁO",
            title=title,
            agency=agency.upper(),
            symbol="TB",
            place="Hải Phòng",
            on=on,
            signature=Signature(title="THỦ TRƯỞNG ĐƠN VỊ"),
            body=(
                Text(
                    f"{agency} thông báo: {title}. Văn bản này là tài liệu mẫu, dùng làm minh chứng thử nghiệm."
                ),
            ),
            recipients=("Như thành phần mời", "Lưu: VT"),
            sample=True,
        )
    )
