import { BREAKROOM } from "./departments/breakroom";
import { CLEANING } from "./departments/cleaning";
import { DESK } from "./departments/desk";
import { FILING } from "./departments/filing";
import { FURNITURE } from "./departments/furniture";
import { MAILING } from "./departments/mailing";
import { MARKERS_AND_CORRECTION } from "./departments/markers-and-correction";
import { PAPER } from "./departments/paper";
import { PRESENTATION_AND_SCHOOL } from "./departments/presentation-and-school";
import { PRINTERS } from "./departments/printers";
import { STORAGE_FURNITURE } from "./departments/storage-furniture";
import { TAPE_AND_DESK_ORGANIZATION } from "./departments/tape-and-desk-organization";
import { TECHNOLOGY } from "./departments/technology";
import { WRITING } from "./departments/writing";
import type { ProductKind } from "./model";

export const PRODUCT_KINDS: readonly ProductKind[] = [
  ...WRITING,
  ...MARKERS_AND_CORRECTION,
  ...PAPER,
  ...FILING,
  ...DESK,
  ...TAPE_AND_DESK_ORGANIZATION,
  ...PRINTERS,
  ...FURNITURE,
  ...STORAGE_FURNITURE,
  ...BREAKROOM,
  ...CLEANING,
  ...TECHNOLOGY,
  ...MAILING,
  ...PRESENTATION_AND_SCHOOL,
];
