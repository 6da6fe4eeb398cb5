import type { Tones } from "./palette";
import { area, box, disc, repeated, ring, stroke, turned } from "./svg";

const STEEL = "#b9c0c7";
const PAPER = "#fbfbf8";
const WOOD = "#e2bd86";

/** Writing, cutting and fastening. */
export const DESK_SHAPES = {
  pen: ({ base, light, dark }: Tones) =>
    turned(
      40,
      box(272, 90, 56, 300, base, 16),
      box(284, 60, 32, 40, dark, 8),
      box(284, 110, 12, 260, light, 6),
      box(318, 130, 12, 130, STEEL, 6),
      area("M272 390h56l-20 96h-16z", STEEL),
      area("M292 486h16l-8 34z", dark),
    ),
  pencil: ({ base, light, dark }: Tones) =>
    turned(
      40,
      box(268, 130, 64, 280, base),
      box(290, 130, 20, 280, light),
      box(268, 96, 64, 36, STEEL),
      box(268, 62, 64, 40, "#df8fa9", 12),
      area("M268 410h64l-32 100z", WOOD),
      area("M289 476h22l-11 34z", dark),
    ),
  marker: ({ base, light, dark }: Tones) =>
    turned(
      35,
      box(254, 200, 92, 270, PAPER, 18),
      box(254, 250, 92, 150, base),
      box(250, 90, 100, 150, base, 18),
      box(264, 104, 16, 120, light, 8),
      box(272, 466, 56, 24, STEEL),
      area("M280 490h40v18l-40 26z", dark),
    ),
  highlighter: ({ base, light, dark }: Tones) =>
    box(90, 408, 420, 56, light, 4) +
    turned(
      35,
      box(246, 110, 108, 280, base, 30),
      box(262, 140, 22, 200, light, 10),
      box(262, 384, 76, 40, dark, 6),
      area("M274 424h52v20l-52 30z", light),
    ),
  crayon: (tones: Tones) =>
    repeated(5, (index) => {
      const fill = [tones.base, "#3f74b5", "#4f9467", "#edc64c", "#7a5ca3"][index] ?? tones.base;
      const x = 130 + index * 72;
      return (
        area(`M${x + 8} 210l18-62h8l18 62z`, fill) +
        box(x, 206, 60, 250, fill, 6) +
        box(x, 250, 60, 150, "#00000022") +
        box(x + 10, 262, 40, 126, "#ffffff55", 6)
      );
    }),
  eraser: ({ base, light, dark }: Tones) =>
    turned(
      -18,
      box(150, 230, 300, 140, PAPER, 24),
      box(150, 230, 190, 140, base, 24),
      box(318, 230, 30, 140, dark),
      box(170, 248, 130, 18, light, 9),
    ),
  stapler: ({ base, light, dark }: Tones) =>
    box(110, 410, 390, 34, dark, 14) +
    area("M120 330q10-60 90-70l250-20q46 0 46 40v40l-386 40z", base) +
    stroke("M180 290l250-20", light, 12) +
    box(130, 352, 360, 22, STEEL, 6) +
    box(440, 340, 50, 84, dark, 8),
  staples: ({ light, line }: Tones) =>
    repeated(4, (index) => stroke(`M${120 + index * 30} ${400 - index * 46}v-70h240v70`, index % 2 ? line : light, 16)),
  punch: ({ base, light, dark }: Tones) =>
    box(110, 420, 380, 50, dark, 12) +
    area("M130 300q170-90 340 0v40h-340z", base) +
    box(160, 300, 280, 14, light, 7) +
    box(180, 340, 40, 86, STEEL) +
    box(380, 340, 40, 86, STEEL),
  clip: ({ base, light }: Tones) =>
    turned(25, stroke("M250 200v210a50 50 0 0 0 100 0v-240a36 36 0 0 0-72 0v220", base, 18)) +
    `<g transform="translate(130 60) scale(.7)">${turned(-30, stroke("M250 200v210a50 50 0 0 0 100 0v-240a36 36 0 0 0-72 0v220", light, 18))}</g>`,
  binderclip: ({ base, light, dark }: Tones) =>
    ring(230, 190, 50, STEEL, 14) +
    ring(370, 190, 50, STEEL, 14) +
    area("M180 230h240l60 210h-360z", base) +
    area("M200 250h200l6 24h-212z", light) +
    box(110, 430, 380, 34, dark, 12),
  pin: ({ base, light, dark }: Tones) =>
    turned(
      35,
      area("M292 360h16l-8 150z", STEEL),
      box(262, 220, 76, 100, base),
      box(232, 160, 136, 64, base, 26),
      box(226, 316, 148, 50, dark, 22),
      box(256, 172, 90, 14, light, 7),
    ),
  band: ({ base, light, dark }: Tones) =>
    `<g fill="none" stroke-width="22"><ellipse cx="250" cy="300" rx="150" ry="110" stroke="${base}"/><ellipse cx="350" cy="290" rx="140" ry="130" stroke="${light}"/><ellipse cx="310" cy="340" rx="170" ry="80" stroke="${dark}"/></g>`,
  tape: ({ base, light, dark }: Tones) =>
    disc(290, 300, 170, base) +
    ring(290, 300, 140, light, 10) +
    disc(290, 300, 88, dark) +
    disc(290, 300, 68, "#e6e9ec") +
    area("M290 446h190l-14 12 14 12h-190z", base),
  glue: ({ base, light, dark }: Tones) =>
    box(230, 220, 140, 270, base, 18) +
    box(230, 300, 140, 110, PAPER) +
    box(250, 330, 100, 16, base, 8) +
    box(250, 360, 70, 12, light, 6) +
    box(246, 170, 108, 60, dark, 8) +
    box(256, 120, 88, 56, PAPER, 20),
  scissors: ({ base, light, dark }: Tones) =>
    area("M290 310l120-210 26 30-110 210z", STEEL) +
    area("M310 310l-120-210-26 30 110 210z", "#cfd5da") +
    ring(220, 440, 62, base, 28) +
    ring(380, 440, 62, dark, 28) +
    disc(300, 320, 14, light) +
    stroke("M250 386l40-56M350 386l-40-56", base, 26),
  trimmer: ({ base, light, dark }: Tones) =>
    box(110, 220, 340, 260, base, 14) +
    repeated(6, (index) => box(140 + index * 48, 230, 2, 240, light)) +
    repeated(4, (index) => box(120, 270 + index * 48, 320, 2, light)) +
    box(446, 200, 22, 290, STEEL, 6) +
    turned(14, box(420, 110, 24, 270, dark, 12)),
  ruler: ({ base, dark }: Tones) =>
    turned(
      -28,
      box(60, 250, 480, 100, base, 10),
      repeated(19, (index) => box(84 + index * 24, 250, 3, index % 4 === 0 ? 46 : 26, dark)),
      disc(510, 326, 10, "#e6e9ec"),
    ),
} as const;
