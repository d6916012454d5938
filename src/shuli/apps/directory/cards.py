"""What others learn of a person: a value, never the row of the account."""

from dataclasses import dataclass

from shuli.apps.directory.models import in_language


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonCard:
    """A person with the place that the main posting gives."""

    username: str
    name: str
    name_en: str
    email: str
    phone: str
    language: str
    is_active: bool
    is_administrator: bool
    is_analyst: bool
    main_department_code: str | None
    # names of the main department and of the post held there; empty without one
    department: str
    department_en: str
    post: str
    post_en: str

    def __str__(self) -> str:
        return self.username

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)

    def department_name(self) -> str:
        return in_language(self.department, self.department_en)

    def post_name(self) -> str:
        return in_language(self.post, self.post_en)
