"""A private PostgreSQL: made on the first start, shared by every process that uses the same folder.

`lease(folder)` starts the server or joins the one that runs; the last holder to leave stops it. A holder that dies
leaves too, because the lease is a file lock: what was left running is joined by the next holder.
"""

from shuli.server.postgres.errors import PostgresError
from shuli.server.postgres.folder import Durability, Folder
from shuli.server.postgres.lease import Lease, lease

__all__ = ["Durability", "Folder", "Lease", "PostgresError", "lease"]
