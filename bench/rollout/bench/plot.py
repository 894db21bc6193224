"""Both timelines side by side, as an SVG written by hand."""

import math
from html import escape

from bench.origin import RELEASES

WIDTH, LEFT, TOP, GAP, RIGHT = 1240, 92, 132, 34, 24
ROW, ROW_GAP, BOTTOM = 132, 44, 64
OLD, NEW, INK, FAINT, LIMIT = "#2563a8", "#1a8a4f", "#222222", "#d9d9d9", "#c0392b"
PHASES = {
    "Provisioning": "#f2f2f2",
    "Warming": "#fdf1d6",
    "Verifying": "#f6e3f2",
    "AwaitingPromotion": "#eaf1fb",
    "Shifting": "#dff3e6",
    "Observing": "#e6f5ee",
    "Draining": "#f2f2f2",
    "RollingBack": "#fbdcd8",
}
STYLE = (
    "text{font-family:'DejaVu Sans',Verdana,Arial,sans-serif;fill:#222222;font-size:13px}"
    ".title{font-size:19px;font-weight:bold}.column{font-size:15px;font-weight:bold}.small{font-size:12px}.row{font-weight:bold}"
)


class Row:
    """One quantity over time. `lines`: (name, colour, value of a Second or None)."""

    def __init__(self, title, lines, top, limits=False, bottom=0):
        self.title = title
        self.lines = lines
        self.limits = limits
        self._top = top
        self._bottom = bottom  # above 0: by powers of ten from there

    def ticks(self):
        if not self._bottom:
            return [self._top * quarter / 4 for quarter in range(5)]
        return [self._bottom * 10**power for power in range(round(math.log10(self._top / self._bottom)) + 1)]

    def share(self, value):
        """How high a value is drawn, 0 to 1."""
        if not self._bottom:
            return value / self._top
        return math.log10(max(value, self._bottom) / self._bottom) / math.log10(self._top / self._bottom)


def svg(title, columns):
    """`columns`: (heading, timeline, highest rate that its origins may be asked) of each."""
    every = [second for _, timeline, _ in columns for second in timeline]
    most = max([sum(second.origin.values()) for second in every] + [limit for _, _, limit in columns])
    slowest = max(second.p99_ms or 0 for second in every)
    rows = [
        Row(
            "requests to the origins, a second",
            [(f"origin {name}", colour, lambda s, name=name: s.origin[name]) for name, colour in zip(RELEASES, (OLD, NEW))],
            _round_up(most * 1.05),
            limits=True,
        ),
        Row("hit ratio, %", [("out of the cache", INK, lambda s: s.hit_percent)], 100),
        Row("99th percentile of latency, ms", [("p99", INK, lambda s: s.p99_ms)], 10 ** math.ceil(math.log10(max(slowest, 10))), bottom=1),
        Row(
            "share of release v2, %",
            [("as the status says", LIMIT, lambda s: s.percent), ("of the answers", NEW, lambda s: s.new_percent)],
            100,
        ),
    ]
    height = TOP + len(rows) * (ROW + ROW_GAP) + BOTTOM
    width = (WIDTH - LEFT - RIGHT - GAP * (len(columns) - 1)) / len(columns)
    first = min(second.second for second in every)
    last = max(second.second for second in every)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">',
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(LEFT, 34, title, "title"),
    ]
    for i, (heading, timeline, limit) in enumerate(columns):
        column = _Column(LEFT + i * (width + GAP), width, first, last, timeline)
        out.append(_text(column.x, 68, heading, "column"))
        out += column.phases(height - BOTTOM - ROW_GAP + 4)
        for n, row in enumerate(rows):
            out += column.row(row, TOP + n * (ROW + ROW_GAP), limit if row.limits else None, labelled=i == 0)
        out += column.axis(height - BOTTOM)
    out.append("</svg>\n")
    return "\n".join(out)


class _Column:
    def __init__(self, x, width, first, last, timeline):
        self.x = x
        self._width = width
        self._first = first
        self._span = max(1, last + 1 - first)
        self._timeline = timeline

    def _at(self, second):
        return self.x + (second - self._first) / self._span * self._width

    def phases(self, bottom):
        """Behind all rows, each named once above them."""
        out = []
        begun = 0
        named_upto = [-math.inf] * 3  # a line of names each
        for i, second in enumerate(self._timeline):
            following = self._timeline[i + 1] if i + 1 < len(self._timeline) else None
            if following and following.phase == second.phase:
                continue
            colour = PHASES.get(second.phase)
            left, right = self._at(self._timeline[begun].second), self._at(second.second + 1)
            begun = i + 1
            if colour is None:
                continue
            out.append(f'<rect x="{left:.1f}" y="{TOP - 8}" width="{right - left:.1f}" height="{bottom - TOP + 8}" fill="{colour}"/>')
            free = [line for line, upto in enumerate(named_upto) if upto < left]
            if free:
                out.append(_text(left, TOP - 13 - 14 * free[0], second.phase, "small"))
                named_upto[free[0]] = left + 7.6 * len(second.phase)
        return out

    def row(self, row, top, limit, labelled):
        def height_of(value):
            return top + ROW - row.share(value) * ROW

        out = []
        for value in row.ticks():
            y = height_of(value)
            out.append(f'<line x1="{self.x:.1f}" x2="{self.x + self._width:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{FAINT}"/>')
            if labelled:
                out.append(_text(self.x - 8, y + 4, f"{value:g}", anchor="end"))
        if labelled:
            out.append(_text(self.x, top + ROW + 17, row.title, "row"))
        x = self._at(0)
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + ROW}" stroke="{INK}" stroke-dasharray="2 3"/>')
        if limit is not None:
            y = height_of(limit)
            out.append(
                f'<line x1="{self.x:.1f}" x2="{self.x + self._width:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LIMIT}" stroke-dasharray="6 4"/>'
            )
        out += [self._line(value, colour, height_of) for _, colour, value in row.lines]
        if not labelled:
            out += self._legend(row, top + ROW + 17, limit is not None)
        return out

    def _line(self, value, colour, height_of):
        """Broken where there is no value."""
        parts, pen = [], "M"
        for second in self._timeline:
            now = value(second)
            if now is None:
                pen = "M"
                continue
            parts.append(f"{pen}{self._at(second.second + 0.5):.1f} {height_of(now):.1f}")
            pen = "L"
        return f'<path d="{" ".join(parts)}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-linejoin="round"/>'

    def _legend(self, row, y, limits):
        out = []
        x = self.x
        marks = [(name, colour, "") for name, colour, _ in row.lines]
        if limits:
            marks.append(("5-second limit: 1.2 × steady + maxOriginRps", LIMIT, ' stroke-dasharray="6 4"'))
        for name, colour, dashes in marks:
            out.append(f'<line x1="{x:.1f}" x2="{x + 22:.1f}" y1="{y - 4}" y2="{y - 4}" stroke="{colour}" stroke-width="2"{dashes}/>')
            out.append(_text(x + 27, y, name, "small"))
            x += 40 + 6.8 * len(name)
        return out

    def axis(self, y):
        step = next(step for step in (5, 10, 20, 30, 60, 120, 300, 600) if self._span / step <= 10)
        out = []
        for second in range(math.ceil(self._first / step) * step, self._first + self._span + 1, step):
            out.append(_text(self._at(second), y, f"{second:+d}" if second else "0", anchor="middle"))
        out.append(_text(self.x + self._width / 2, y + 24, "seconds from when v2 was to get traffic", "small", anchor="middle"))
        return out


def _round_up(value):
    """The next of 1, 2, 3, 4, 6, 8 times a power of ten."""
    if value <= 0:
        return 1
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 3, 4, 6, 8, 10) if step * power >= value)


def _text(x, y, words, kind="", anchor="start"):
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named} text-anchor="{anchor}">{escape(words)}</text>'
