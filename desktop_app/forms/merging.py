"""Read which cells of a table are merged: `<` with the cell at the left, `^` with the one above.

It tells cells that belong to no rectangle; it knows nothing of what stands in a cell.
"""

from collections.abc import Callable, Mapping, Sequence

Spans = Mapping[tuple[int, int], tuple[int, int]]
Tell = Callable[[int, int, str], None]


def spans_of(grid: Sequence[Sequence[str]], tell: Tell) -> Spans:
    """Return for each cell that begins a merged area how many rows and columns it covers.

    `grid` has as many cells in each row; `tell` takes row, column and a Chinese sentence for each fault.
    """
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            owner[row, column] = _owner(owner, row, column, str(text), tell)
    areas: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for position, first in owner.items():
        areas.setdefault(first, []).append(position)
    spans = {}
    for first, positions in areas.items():
        last_row = max(row for row, _ in positions)
        last_column = max(column for _, column in positions)
        row_span, column_span = last_row - first[0] + 1, last_column - first[1] + 1
        if row_span * column_span != len(positions):
            tell(*first, "合并的格不是一个长方形，和别的格重叠了，请检查“<”和“^”。")
        spans[first] = (row_span, column_span)
    return spans


def _owner(
    owner: Mapping[tuple[int, int], tuple[int, int]],
    row: int,
    column: int,
    text: str,
    tell: Tell,
) -> tuple[int, int]:
    if text == "<":
        if column:
            return owner[row, column - 1]
        tell(row, column, "最左边的格不能用“<”并入左边，请写上内容。")
    elif text == "^":
        if row:
            return owner[row - 1, column]
        tell(row, column, "第一行的格不能用“^”并入上边，请写上内容。")
    return row, column
