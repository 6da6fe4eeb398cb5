// What each part of the grid is to a screen reader. Rows come and go as one scrolls, which a table's own elements
// can't; counting begins at 1, the head and the row's number included.

export function gridAria(label: string, rowCount: number | null, columns: number) {
  return {
    role: "grid",
    "aria-label": label,
    // -1: how many there are is not known yet.
    "aria-rowcount": rowCount === null ? -1 : rowCount + 1,
    "aria-colcount": columns + 1,
    "aria-multiselectable": true,
    tabIndex: -1,
  } as const;
}

export function rowAria(index: number) {
  return { role: "row", "aria-rowindex": index + 2 } as const;
}

export function headAria(col: number) {
  return { role: "columnheader", "aria-colindex": col + 2 } as const;
}

export function rowHeadAria(index: number) {
  return { role: "rowheader", "aria-colindex": 1, "aria-label": `Row ${index + 1}` } as const;
}

interface CellState {
  isActive: boolean;
  isSelected: boolean;
  isReadOnly: boolean;
  isWrong: boolean;
}

export function cellAria(col: number, { isActive, isSelected, isReadOnly, isWrong }: CellState) {
  return {
    role: "gridcell",
    "aria-colindex": col + 2,
    "aria-selected": isSelected || undefined,
    "aria-readonly": isReadOnly || undefined,
    "aria-invalid": isWrong || undefined,
    tabIndex: isActive ? 0 : -1,
  } as const;
}
