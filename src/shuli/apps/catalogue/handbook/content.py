"""The handbook as one value: what it is of, and what stands in it."""

from typing import Literal

from msgspec import Struct

from shuli.apps.documents.paper import Paper


class Handbook(Struct, frozen=True, kw_only=True):
    """One edition's content in one language; the pages, the Word file and the PDF all are made from it."""

    kind: Literal["process", "department", "post"]
    key: str  # of the process, or code of the department or post
    version: str  # of the process; "" where it gathers several
    paper: Paper

    @property
    def file_name(self) -> str:
        """Return the file's name without its ending: 流程手册-客户投诉处理-v1.0."""
        parts = (self.paper.kind, self.paper.title, f"v{self.version}" if self.version else "")
        return "-".join(part.replace("/", "／") for part in parts if part)
