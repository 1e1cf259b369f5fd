"""An answer that stands alone, as a JSON document or as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from retold.answers import SCHEMA_VERSION, Answer
from retold.model.errors import RetoldError
from retold.model.version import __version__

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Document(Answer, frozen=True, kw_only=True):
    """An answer that stands alone; the JSON document of it names its shape."""

    schema_version: str = SCHEMA_VERSION
    retold_version: str = __version__

    def to_json(self) -> str:
        """Return the JSON document: the same bytes from every face."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode()


class Table(Document, frozen=True, kw_only=True):
    """A document with rows, which can leave as a table; ``ROWS`` names the field that holds them."""

    ROWS: ClassVar[str]

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as plain dicts, all with the same keys."""
        return [part.to_dict() for part in getattr(self, self.ROWS)]

    def to_arrow(self) -> pyarrow.Table:
        """Return the rows as an Arrow table; lists and dicts stay nested."""
        import pyarrow as pa

        return pa.Table.from_pylist(self.rows())

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a pandas frame; raises RetoldError where pandas is not installed."""
        try:
            import pandas
        except ImportError:
            raise RetoldError('pandas is not installed. Install it: pip install "retold[pandas]"') from None
        return pandas.DataFrame.from_records(self.rows())
