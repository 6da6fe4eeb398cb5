import type { Tones } from "./palette";
import { area, box, disc, repeated, ring, stroke, turned } from "./svg";

const STEEL = "#b9c0c7";
const PAPER = "#fbfbf8";
const RULE = "#c9d6e2";

/** Paper, filing and mailing. */
export const PAPER_SHAPES = {
  paper: ({ base, light, dark, line }: Tones) =>
    box(170, 130, 280, 350, dark, 4) +
    box(160, 124, 280, 350, light, 4) +
    box(150, 118, 280, 350, base, 4) +
    stroke("M150 118h280v350h-280z", line, 2) +
    box(150, 230, 280, 120, "#3f74b5") +
    box(190, 262, 200, 18, "#ffffffcc", 9) +
    box(190, 296, 130, 14, "#ffffff88", 7),
  photo: ({ line }: Tones) =>
    turned(
      -8,
      box(130, 160, 340, 270, PAPER, 4),
      stroke("M130 160h340v270h-340z", line, 2),
      box(152, 182, 296, 226, "#a9cbe0"),
      area("M152 408l100-120 70 70 50-46 76 96z", "#4f9467"),
      disc(390, 238, 26, "#f2d371"),
    ),
  notebook: ({ base, light, dark }: Tones) =>
    box(170, 110, 280, 380, PAPER, 10) +
    box(160, 104, 280, 384, base, 14) +
    box(160, 104, 44, 384, dark, 14) +
    box(400, 104, 14, 384, light) +
    area("M300 488h24v54l-12-12-12 12z", "#c2483f"),
  spiral: ({ base, light, line }: Tones) =>
    box(170, 110, 270, 380, base, 10) +
    box(220, 170, 180, 80, light, 8) +
    repeated(13, (index) => stroke(`M150 ${132 + index * 28}h40`, line, 8)),
  pad: ({ base, light, line }: Tones) =>
    box(160, 110, 280, 380, base, 6) +
    box(160, 110, 280, 44, "#7d3145", 6) +
    repeated(9, (index) => box(160, 190 + index * 32, 280, 2, line)) +
    box(214, 154, 2, 336, "#c2483f") +
    area("M440 440v50h-60z", light),
  sticky: ({ base, light, dark }: Tones) =>
    box(190, 200, 250, 250, dark, 4) +
    box(176, 180, 250, 250, light, 4) +
    area("M160 160h250v200l-50 50h-200z", base) +
    area("M410 360l-50 50v-50z", dark) +
    stroke("M200 230h150M200 270h110", dark, 8),
  card: ({ base, line }: Tones) =>
    repeated(3, (index) =>
      turned(
        -10 + index * 8,
        box(120, 190, 360, 220, base, 8),
        stroke("M120 190h360v220h-360z", line, 2),
        box(140, 232, 320, 3, "#c2483f"),
        repeated(4, (row) => box(140, 264 + row * 30, 320, 2, RULE)),
      ),
    ),
  folder: ({ base, light, dark }: Tones) =>
    area("M110 190h130l30 40h220v230h-380z", dark) +
    box(130, 210, 330, 220, PAPER, 4) +
    area("M110 260h380l-16 210h-348z", base) +
    box(130, 276, 330, 10, light, 5),
  binder: ({ base, light, dark, line }: Tones) =>
    box(180, 100, 260, 400, base, 10) +
    box(150, 100, 60, 400, dark, 10) +
    box(160, 150, 40, 120, PAPER, 4) +
    ring(180, 430, 16, STEEL, 6) +
    box(240, 140, 170, 200, light, 6) +
    stroke("M240 140h170v200h-170z", line, 2) +
    box(264, 180, 120, 14, line, 7) +
    box(264, 212, 80, 10, line, 5),
  divider: ({ base, line }: Tones) =>
    repeated(5, (index) => {
      const fill = [base, "#edc64c", "#4f9467", "#3f74b5", "#c2483f"][index] ?? base;
      return (
        box(420, 140 + index * 66, 60, 56, fill, 8) +
        (index === 0 ? box(150, 110, 290, 380, PAPER, 6) + stroke("M150 110h290v380h-290z", line, 2) : "")
      );
    }) + repeated(3, (index) => disc(180, 190 + index * 110, 10, "#dfe3e7")),
  box: ({ base, light, dark }: Tones) =>
    area("M110 230l190-70 190 70-190 76z", light) +
    area("M110 230l190 76v210l-190-80z", base) +
    area("M490 230l-190 76v210l190-80z", dark) +
    area("M180 204l190 72v60l-36 14v-60l-190-72z", "#ffffff44") +
    box(150, 340, 90, 20, "#00000022", 10),
  magazine: ({ base, light, dark }: Tones) =>
    box(210, 150, 40, 200, "#3f74b5") +
    box(254, 130, 44, 220, "#edc64c") +
    box(302, 160, 36, 200, PAPER) +
    area("M180 240l220 80v190h-220z", base) +
    area("M180 240v270h-30v-260z", dark) +
    box(230, 400, 110, 50, light, 6) +
    ring(290, 480, 8, dark, 6),
  envelope: ({ base, light, dark, line }: Tones) =>
    box(90, 180, 420, 250, base, 8) +
    area("M90 190l210 150 210-150v-4q0-6-8-6h-404q-8 0-8 6z", light) +
    stroke("M94 184l206 156 206-156", dark, 5) +
    stroke("M90 188q0-8 8-8h404q8 0 8 8v234q0 8-8 8h-404q-8 0-8-8z", line, 2),
  label: ({ base, line }: Tones) =>
    box(160, 100, 280, 400, "#dfe3e7", 6) +
    repeated(10, (index) => {
      const x = 180 + (index % 2) * 124;
      const y = 122 + Math.floor(index / 2) * 74;
      return box(x, y, 116, 62, base, 6) + box(x + 12, y + 16, 70, 7, line, 3) + box(x + 12, y + 32, 50, 7, line, 3);
    }),
  tray: ({ base, light, dark }: Tones) =>
    repeated(2, (index) => {
      const y = 220 + index * 120;
      return (
        box(150, y - 20, 300, 16, PAPER, 2) +
        box(140, y - 4, 320, 14, "#e6e9ec", 2) +
        area(`M110 ${y}h380l-20 84h-340z`, index ? dark : base) +
        box(230, y + 20, 140, 22, light, 11)
      );
    }),
  deskpad: ({ base, light, dark }: Tones) =>
    area("M130 200h340l70 230h-480z", base) +
    stroke("M142 214h316l62 202h-440z", light, 4) +
    box(60, 430, 480, 14, dark, 6),
  backpack: ({ base, light, dark }: Tones) =>
    stroke("M250 130q50-60 100 0", dark, 18) +
    area("M180 200q0-80 120-80t120 80v270q0 24-24 24h-192q-24 0-24-24z", base) +
    box(210, 330, 180, 130, dark, 20) +
    stroke("M226 356h148", light, 6) +
    stroke("M206 236h188", light, 6) +
    box(160, 260, 26, 170, dark, 12) +
    box(414, 260, 26, 170, dark, 12),
} as const;
