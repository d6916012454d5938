"""What a row of figures says: outliers, trends, the chance to be late, and findings in words' stead."""

from shuli.core.figures.comparison import Finding as Comparison
from shuli.core.figures.comparison import holm, judge, rank_test
from shuli.core.figures.findings import Finding, Line, Section, findings
from shuli.core.figures.goals import Course, Standing, standing, window
from shuli.core.figures.lateness import LIKE, Likely, likely
from shuli.core.figures.outliers import LEAST, Outlier, outliers
from shuli.core.figures.pareto import Share, pareto
from shuli.core.figures.trends import Direction, run_of, slope, trend

__all__ = [
    "LEAST",
    "LIKE",
    "Comparison",
    "Course",
    "Direction",
    "Finding",
    "Likely",
    "Line",
    "Outlier",
    "Section",
    "Share",
    "Standing",
    "findings",
    "holm",
    "judge",
    "likely",
    "outliers",
    "pareto",
    "rank_test",
    "run_of",
    "slope",
    "standing",
    "trend",
    "window",
]
