import { BREAKROOM } from "./departments/breakroom";
import { CLEANING } from "./departments/cleaning";
import { DESK } from "./departments/desk";
import { FILING } from "./departments/filing";
import { FURNITURE } from "./departments/furniture";
import { MAILING } from "./departments/mailing";
import { PAPER } from "./departments/paper";
import { PRESENTATION_AND_SCHOOL } from "./departments/presentation-and-school";
import { PRINTERS } from "./departments/printers";
import { TECHNOLOGY } from "./departments/technology";
import { WRITING } from "./departments/writing";
import type { ProductKind } from "./model";

export const PRODUCT_KINDS: readonly ProductKind[] = [
  ...WRITING,
  ...PAPER,
  ...FILING,
  ...DESK,
  ...PRINTERS,
  ...FURNITURE,
  ...BREAKROOM,
  ...CLEANING,
  ...TECHNOLOGY,
  ...MAILING,
  ...PRESENTATION_AND_SCHOOL,
];
