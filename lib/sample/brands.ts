interface Brand {
  /** Begins the supplier's stock numbers. */
  prefix: string;
  series: readonly string[];
  /** A sentence of the description that the brand puts under everything. */
  voice: string;
}

/** All invented. */
export const BRANDS = {
  Halden: {
    prefix: "HLD",
    series: ["Glide", "Clarus", "H4", "Meridian", "Tempo"],
    voice: "Halden tests every batch on the sort of paper that offices really use.",
  },
  Quillmark: {
    prefix: "QLM",
    series: ["Avon", "Scrivener", "Quick", "Sterling", "Q-Line"],
    voice: "Quillmark replaces any item that fails within two years of purchase.",
  },
  Inkwright: {
    prefix: "IKW",
    series: ["Vivid", "Studio", "Proof", "Fluente", "DryFast™"],
    voice: "Inkwright mixes its colors in small lots, so a reorder matches what is already on the desk.",
  },
  Pennory: {
    prefix: "PNY",
    series: ["Daybook", "Comfort", "Slim", "Orbit", "Classmate"],
    voice: "A sensible choice for supply rooms that go through a lot in a month.",
  },
  Foliora: {
    prefix: "FLR",
    series: ["Everyday", "Premier", "Natura", "Bright", "Archive"],
    voice: "Foliora buys its fiber from certified, responsibly managed forests.",
  },
  Brambury: {
    prefix: "BRB",
    series: ["Heritage", "Field", "Ledger", "Linden", "Cotswell"],
    voice: "Sewn, glued and boxed by the same family firm since 1951.",
  },
  Vellumere: {
    prefix: "VLM",
    series: ["Silk", "Opal", "Contour", "Ultra", "Ivory Hall"],
    voice: "Each carton is wrapped against moisture, so the last sheet feeds as well as the first.",
  },
  Gridmere: {
    prefix: "GRM",
    series: ["SureFile", "Basic", "Heavy-Duty", "Index Plus", "Ridge"],
    voice: "Sizes fit standard cabinets and shelves without trimming.",
  },
  Tabwell: {
    prefix: "TBW",
    series: ["ClearTab™", "Project", "Sort-It", "Contrast", "Tidy"],
    voice: "Tabwell prints a sizing chart inside every carton for easy reordering.",
  },
  Corvane: {
    prefix: "CRV",
    series: ["Executive", "Linea", "Slate", "Core", "Vault"],
    voice: "Plain good looks that suit a reception desk as well as a back office.",
  },
  Clipworth: {
    prefix: "CLW",
    series: ["Grip", "Anchor", "No. 3", "Firm-Hold", "Compact"],
    voice: "Clipworth backs its tools with a five-year repair promise.",
  },
  Nimbrel: {
    prefix: "NMB",
    series: ["Swift", "Arc", "Lite", "Nova", "TwoTouch™"],
    voice: "Made from parts that can be replaced one by one instead of thrown away together.",
  },
  Tindlewick: {
    prefix: "TDW",
    series: ["Hobby", "Craft", "Steady", "Workbench", "Handy"],
    voice: "Popular with schools and mailrooms because it simply keeps going.",
  },
  Stackhaven: {
    prefix: "SKH",
    series: ["Tower", "Cascade", "Harbor", "Modular", "Loft"],
    voice: "Pieces of the same series stack and line up with one another.",
  },
  Tonerra: {
    prefix: "TNR",
    series: ["Prime", "Eco", "Max", "DuraPage", "Sharp"],
    voice: "Every cartridge is test-printed before it leaves the factory.",
  },
  Kelvaro: {
    prefix: "KLV",
    series: ["K20", "K45", "WorkCenter One", "Duo", "Pro"],
    voice: "Telephone support is answered by people who have the same machine in front of them.",
  },
  Ostrix: {
    prefix: "OSX",
    series: ["Pivot", "Metro", "Atlas", "Feather", "Summit"],
    voice: "Firmware is updated for at least seven years after the last unit is sold.",
  },
  Oakhollow: {
    prefix: "OKH",
    series: ["Camden", "Weston", "Hollis", "Prairie", "Ashby"],
    voice: "Ships with every tool it needs and a spare set of screws.",
  },
  Norrfield: {
    prefix: "NRF",
    series: ["Lund", "Alma", "Fjell", "Strand", "Vik"],
    voice: "Frame and moving parts carry a ten-year warranty.",
  },
  Sitwright: {
    prefix: "STW",
    series: ["Posture", "Balance", "Aero", "Contoura", "FullDay"],
    voice: "Tested for 300,000 cycles, well over what a working life asks of it.",
  },
  Lindqvale: {
    prefix: "LQV",
    series: ["Berg", "Holm", "Sala", "Dal", "Ek"],
    voice: "Spare parts are kept in stock for fifteen years.",
  },
  Hearthbean: {
    prefix: "HTB",
    series: ["Morning Shift", "Harvest", "Slow Roast", "Corner", "Dockside"],
    voice: "Roasted to order in small drums and packed within the day.",
  },
  "Café Solenne": {
    prefix: "CSL",
    series: ["Matinée", "Classique", "Jardin", "Soirée", "Maison"],
    voice: "Café Solenne pays growers above the fair-trade minimum and names them on its site.",
  },
  Cupwell: {
    prefix: "CPW",
    series: ["Hearth", "Ripple", "Table", "Picnic", "Daily"],
    voice: "Comes out of the dishwasher or goes into the right bin with equal ease.",
  },
  Meadowbrisk: {
    prefix: "MBK",
    series: ["Spring", "Trail", "Orchard", "Pantry", "Refresh"],
    voice: "No artificial colors, and a list of ingredients short enough to read.",
  },
  Purevane: {
    prefix: "PRV",
    series: ["Fresh", "Neutral", "Citrus", "Zero", "Clean Air"],
    voice: "Formulated without phosphates, dyes or harsh solvents.",
  },
  Scrubwell: {
    prefix: "SCB",
    series: ["Janitor's Choice", "Quick Shift", "Power", "Daily Care", "ProClean"],
    voice: "Safety data sheets are printed on the inside of the case.",
  },
  Softleigh: {
    prefix: "SFL",
    series: ["Comfort", "Cloud", "Reserve", "Linen", "Everyday Soft"],
    voice: "Fits all common dispensers.",
  },
  Binsworth: {
    prefix: "BNW",
    series: ["Step", "Commuter", "Tuff", "Sort", "Slimline"],
    voice: "Corners and rims are reinforced where bins and bags usually fail.",
  },
  Zephrel: {
    prefix: "ZPH",
    series: ["Air", "Breeze", "Z7", "Flow", "Quiet"],
    voice: "Works with current Windows, macOS and Linux without a driver.",
  },
  Voltwick: {
    prefix: "VTW",
    series: ["Core", "Guard", "Reach", "Amp", "Relay"],
    voice: "Voltwick includes a connected-equipment warranty with registration.",
  },
  Pixelorne: {
    prefix: "PXO",
    series: ["Vista", "TrueView", "Canvas", "Edge", "Span"],
    voice: "Panels with even one dead pixel are exchanged for three years.",
  },
  Cindral: {
    prefix: "CDR",
    series: ["Type", "Point", "Cast", "Desk", "Mobile"],
    voice: "Packed in recycled card, with no plastic in the box.",
  },
  Sealwright: {
    prefix: "SLW",
    series: ["SecureFlap", "Quick-Strip", "Courier", "Tough", "Plain"],
    voice: "Adhesives are tested from freezer to loading dock in August.",
  },
  Postmere: {
    prefix: "PSM",
    series: ["Letterbox", "Express", "Parcel", "Standard", "Registry"],
    voice: "Sizes follow the postal tables, so nothing pays an oversize rate by accident.",
  },
  Boardwell: {
    prefix: "BDW",
    series: ["Forum", "Seminar", "Studio", "Huddle", "Gallery"],
    voice: "Mounting template, screws and wall plugs are in the box.",
  },
  Brightnook: {
    prefix: "BTN",
    series: ["First Steps", "Rainbow", "Classroom", "Junior", "Playground"],
    voice: "Meets the safety rules for children from three years.",
  },
  "Sundry & Co.": {
    prefix: "SUN",
    series: ["Value", "Essentials", "Bulk", "Select", "Simply"],
    voice: "The house brand for everyday needs: nothing fancy, nothing missing.",
  },
} as const satisfies Record<string, Brand>;

export type BrandName = keyof typeof BRANDS;

/** In the order of their numbers in the feed. */
export const BRAND_NAMES = Object.keys(BRANDS) as BrandName[]; // the keys of a literal are its names
