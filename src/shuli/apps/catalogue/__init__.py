"""The process register: processes, versions and forms."""
