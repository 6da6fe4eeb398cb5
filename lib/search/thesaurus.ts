/**
 * What traders call otherwise, one way: who asks for the first also gets the others, below. Words that are too wide are
 * left out (a "battery" is no "power bank"); the list is short on purpose, each line makes a search find more.
 */
const OTHER_WORDS: Record<string, string[]> = {
  laptop: ["notebook"],
  tv: ["television"],
  television: ["tv"],
  fridge: ["refrigerator"],
  "usb stick": ["usb flash drive"],
  "flash drive": ["usb stick"],
  "thumb drive": ["usb flash drive"],
  "external battery": ["power bank"],
  powerbank: ["power bank"],
  "cell phone": ["mobile phone", "smartphone"],
  earphones: ["earbuds"],
  earbuds: ["earphones"],
  beamer: ["projector"],
  camcorder: ["video camera"],
  "video camera": ["camcorder"],
  webcam: ["web camera"],
  ps3: ["playstation 3"],
  ps4: ["playstation 4"],
  ps5: ["playstation 5"],
  hdd: ["hard drive", "hard disk"],
  "hard drive": ["hard disk", "hdd"],
  ssd: ["solid state drive"],
  ram: ["memory module"],
  cpu: ["processor"],
  psu: ["power supply"],
  gpu: ["graphics card"],
  "video card": ["graphics card"],
  wifi: ["wlan"],
  wlan: ["wifi"],
  biro: ["ballpoint pen"],
  sellotape: ["adhesive tape"],
  mousemat: ["mouse pad"],
  "mouse mat": ["mouse pad"],
  "post it": ["sticky notes"],
  couch: ["sofa"],
};

/** Other names of these words, each as its own words. */
export function otherWords(asked: readonly string[]): string[][] {
  return (OTHER_WORDS[asked.join(" ")] ?? []).map((words) => words.split(" "));
}
