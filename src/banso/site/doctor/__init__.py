"""`banso doctor`: small checks that look at everything, start nothing and change nothing."""

from banso.site.doctor.examination import examine
from banso.site.doctor.findings import Finding

__all__ = ["Finding", "examine"]
