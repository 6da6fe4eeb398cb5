import { kindOfMetafield } from "@/lib/catalog/filter/fields";
import { codecOf } from "./types";

/** The column by which metafields of a type are put in order. */
export function sortColumn(type: string): "value" | "numberValue" | "dateValue" {
  switch (kindOfMetafield(type, codecOf(type).control)) {
    case "number":
    case "measure":
    case "yes-no":
      return "numberValue";
    case "date":
    case "day":
      return "dateValue";
    default:
      return "value";
  }
}
