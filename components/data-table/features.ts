import { type ColumnDef, type RowData, tableFeatures } from "@tanstack/react-table";
import type { ComponentType } from "react";

/** Where a cell stands when a row is two lines on a phone; without it the cell steps aside. */
export type PhonePlace = "lead" | "title" | "right" | "below" | "below-right" | "tick";

export interface ColumnMeta {
  /** For the head and the column chooser. */
  label: string;
  /** A CSS width; without it the column takes what is left. */
  width?: string;
  isNumber?: boolean;
  /** What `?sort=` calls it; without it the head is no link. */
  sort?: string;
  /** Sorted first this way; figures and times are asked for from the top. */
  firstDir?: "asc" | "desc";
  phone?: PhonePlace;
  /** Stays in sight when the table is scrolled sideways, so many pixels from its left. */
  left?: number;
  /** Stands in the head instead of the label. */
  Head?: ComponentType;
}

/** The server sorts, filters and pages: the table only lays out. */
export const features = tableFeatures({ columnMeta: {} as ColumnMeta });

export type DataColumn<Row extends RowData> = ColumnDef<typeof features, Row>;
