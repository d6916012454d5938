"""The register of processes and of operating rules: what is in it, who may edit it, what goes in and out as Excel."""
