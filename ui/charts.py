"""Plots. Only a page that calls this loads what draws them; the same numbers stand beside it as a table."""

from collections.abc import Mapping, Sequence

from nicegui import ui

from ui.theme import COLOURS, SHAPES

INKS = ("sky", "leaf", "brick", "ink-2", "gold")


def bars(sentence: str, labels: Sequence[str], series: Mapping[str, Sequence[float]], *, lying: bool = False) -> None:
    """Stacked bars; `sentence` says what is seen to who does not see it, `lying` ones run to the right."""
    ink = {"color": COLOURS["ink"], "fontFamily": SHAPES["sans"]}
    names = {"type": "category", "data": list(labels), "axisLabel": {**ink, "interval": 0} if lying else ink}
    values = {"type": "value", "axisLabel": ink, "minInterval": 1}
    options = {
        "animation": False,
        "aria": {"enabled": False},
        "color": [COLOURS[name] for name in INKS if name in COLOURS],
        "grid": {"left": 8, "right": 16, "top": 16, "bottom": 56 if len(series) > 1 else 8, "containLabel": True},
        "legend": {"show": len(series) > 1, "type": "scroll", "bottom": 0, "textStyle": ink},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": values if lying else names,
        "yAxis": {**names, "inverse": True} if lying else values,
        "series": [{"name": name, "type": "bar", "stack": "all", "data": list(told)} for name, told in series.items()],
    }
    chart = ui.echart(options).classes("chart")
    chart.props["role"], chart.props["aria-label"] = "img", sentence
