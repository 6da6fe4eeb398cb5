import type { Tones } from "./palette";
import { area, box, disc, repeated, stroke } from "./svg";

const STEEL = "#aab2ba";
const GRAPHITE = "#4a4f56";

/** Furniture, machines and cables. */
export const ROOM_SHAPES = {
  chair: ({ base, light, dark }: Tones) =>
    box(200, 90, 200, 220, base, 44) +
    box(226, 120, 148, 130, light, 30) +
    box(286, 300, 28, 40, GRAPHITE) +
    box(180, 320, 240, 54, dark, 26) +
    box(288, 370, 24, 80, GRAPHITE) +
    stroke("M300 450l-110 40M300 450l110 40M300 450v50", GRAPHITE, 16) +
    disc(188, 504, 14, GRAPHITE) +
    disc(300, 512, 14, GRAPHITE) +
    disc(412, 504, 14, GRAPHITE) +
    stroke("M170 330v-70h40M430 330v-70h-40", GRAPHITE, 14),
  guestchair: ({ base, light, dark }: Tones) =>
    stroke("M190 500v-170M410 500v-170M190 500h220", STEEL, 16) +
    box(190, 110, 220, 170, base, 30) +
    box(214, 134, 172, 90, light, 20) +
    box(170, 300, 260, 56, dark, 24) +
    stroke("M210 270v40M390 270v40", STEEL, 14),
  stool: ({ base, light, dark }: Tones) =>
    stroke("M300 250v200M300 450l-110 50M300 450l110 50", GRAPHITE, 18) +
    `<ellipse cx="300" cy="390" rx="90" ry="18" fill="none" stroke="${STEEL}" stroke-width="12"/><ellipse cx="300" cy="210" rx="130" ry="34" fill="${dark}"/><ellipse cx="300" cy="192" rx="130" ry="34" fill="${base}"/><ellipse cx="280" cy="184" rx="70" ry="14" fill="${light}"/>`,
  desk: ({ base, light, dark }: Tones) =>
    box(80, 240, 440, 34, base, 6) +
    box(80, 240, 440, 8, light, 4) +
    box(104, 274, 22, 220, GRAPHITE) +
    box(356, 274, 140, 200, dark, 4) +
    repeated(3, (index) => box(400, 300 + index * 60, 52, 8, light, 4)),
  table: ({ base, light, dark }: Tones) =>
    `<ellipse cx="300" cy="270" rx="230" ry="64" fill="${dark}"/><ellipse cx="300" cy="256" rx="230" ry="64" fill="${base}"/><ellipse cx="280" cy="244" rx="150" ry="30" fill="${light}" opacity=".5"/>` +
    area("M240 330h120l30 150h-180z", dark) +
    box(190, 474, 220, 20, GRAPHITE, 8),
  cabinet: ({ base, light, dark }: Tones) =>
    box(180, 90, 240, 420, dark, 8) +
    repeated(
      3,
      (index) =>
        box(196, 108 + index * 132, 208, 120, base, 6) +
        box(260, 136 + index * 132, 80, 14, STEEL, 7) +
        box(270, 164 + index * 132, 60, 24, light, 4),
    ),
  shelf: ({ base, dark }: Tones) =>
    box(160, 80, 280, 440, dark, 6) +
    repeated(4, (index) => {
      const y = 100 + index * 102;
      return (
        box(178, y, 244, 86, "#eceae4") +
        repeated(5, (book) =>
          box(
            190 + book * 26,
            y + 16 + ((book * 7 + index * 5) % 20),
            20,
            70 - ((book * 7 + index * 5) % 20),
            ["#3f74b5", "#c2483f", "#4f9467", "#edc64c", "#7a5ca3"][(book + index) % 5] ?? dark,
          ),
        ) +
        box(160, y + 86, 280, 14, base)
      );
    }),
  lamp: ({ base, light, dark }: Tones) =>
    area("M330 210l130 190h-90l-110-150z", "#fbeeb8") +
    box(160, 480, 180, 24, dark, 12) +
    stroke("M250 480L190 310L310 170", base, 18) +
    area("M270 200l76-76 70 60-100 96z", base) +
    stroke("M300 176l44-40", light, 10) +
    disc(190, 310, 16, dark),
  printer: ({ base, light, dark, line }: Tones) =>
    box(190, 120, 220, 130, "#fbfbf8", 4) +
    box(110, 220, 380, 200, base, 20) +
    stroke("M130 220h340q20 0 20 20v160q0 20-20 20h-340q-20 0-20-20v-160q0-20 20-20z", line, 2) +
    box(130, 240, 110, 40, dark, 8) +
    disc(450, 260, 10, "#4f9467") +
    box(180, 340, 240, 20, dark, 8) +
    box(200, 350, 200, 130, "#fbfbf8", 4) +
    box(230, 390, 140, 8, light, 4) +
    box(230, 414, 100, 8, light, 4),
  toner: ({ base, light, dark }: Tones) =>
    box(90, 250, 420, 130, GRAPHITE, 20) +
    box(90, 250, 420, 44, "#5d636b", 20) +
    box(150, 310, 220, 48, base, 8) +
    box(166, 322, 80, 10, light, 5) +
    box(480, 270, 50, 90, dark, 10) +
    box(120, 380, 360, 26, base, 10),
  ink: ({ base, light, dark }: Tones) =>
    box(210, 160, 180, 310, GRAPHITE, 18) +
    box(230, 200, 140, 170, "#fbfbf8", 10) +
    area("M300 222q50 66 50 96a50 50 0 0 1-100 0q0-30 50-96z", base) +
    stroke("M276 316q2 22 22 26", light, 8) +
    box(230, 386, 140, 26, base, 8) +
    box(260, 470, 80, 26, dark, 6),
  drum: ({ base, light, dark }: Tones) =>
    box(90, 330, 420, 70, GRAPHITE, 14) +
    box(110, 220, 380, 120, base, 56) +
    box(130, 240, 340, 26, light, 13) +
    disc(110, 280, 48, dark) +
    disc(490, 280, 48, dark) +
    disc(490, 280, 18, STEEL),
  monitor: ({ base, dark, line }: Tones) =>
    box(80, 120, 440, 280, base, 16) +
    stroke("M96 120h408q16 0 16 16v248q0 16-16 16h-408q-16 0-16-16v-248q0-16 16-16z", line, 2) +
    box(98, 138, 404, 232, "#3b5a7d", 6) +
    area("M98 370l150-130 90 80 70-60 94 110z", "#6f97bb") +
    box(274, 400, 52, 70, dark) +
    box(200, 466, 200, 22, base, 11),
  arm: ({ base, dark, light }: Tones) =>
    box(150, 470, 120, 30, dark, 8) +
    box(196, 340, 30, 140, base, 8) +
    stroke("M210 350L300 250L400 270", base, 30) +
    disc(300, 250, 22, light) +
    box(390, 160, 24, 200, GRAPHITE, 6) +
    box(414, 190, 60, 140, dark, 8),
  keyboard: ({ base, light, dark }: Tones) =>
    box(60, 210, 480, 190, dark, 20) +
    repeated(36, (index) =>
      box(80 + (index % 12) * 37, 230 + Math.floor(index / 12) * 40, 30, 32, index === 12 ? light : base, 5),
    ) +
    box(170, 350, 250, 30, base, 6),
  mouse: ({ base, light, dark }: Tones) =>
    stroke("M300 130q0-60 60-60", GRAPHITE, 10) +
    area("M190 260q0-130 110-130t110 130v110q0 110-110 110t-110-110z", base) +
    stroke("M300 130v120M192 256h216", dark, 5) +
    box(288, 170, 24, 60, light, 12),
  headset: ({ base, light, dark }: Tones) =>
    stroke("M170 330v-40a130 130 0 0 1 260 0v40", base, 26) +
    box(130, 310, 70, 130, dark, 30) +
    box(400, 310, 70, 130, dark, 30) +
    box(144, 330, 20, 90, light, 10) +
    stroke("M166 440q20 70 110 62", GRAPHITE, 12) +
    box(266, 484, 60, 32, GRAPHITE, 16),
  webcam: ({ base, light, dark }: Tones) =>
    box(120, 180, 360, 150, base, 60) +
    disc(300, 255, 62, dark) +
    disc(300, 255, 40, "#2b3f58") +
    disc(284, 240, 12, "#9fc0de") +
    disc(410, 255, 9, "#4f9467") +
    box(270, 330, 60, 60, dark, 8) +
    area("M200 390h200l30 80h-260z", light),
  cable: ({ base, light, dark }: Tones) =>
    stroke("M170 470q-60-180 90-200t100-90q10-60 90-50", base, 22) +
    box(430, 96, 90, 64, dark, 14) +
    box(516, 110, 36, 36, STEEL, 8) +
    box(134, 440, 70, 90, dark, 14) +
    box(152, 526, 34, 34, STEEL, 6) +
    stroke("M250 320q90-30 40-80", light, 8),
  surge: ({ base, light, dark, line }: Tones) =>
    stroke("M480 300q70 0 60 90v60", dark, 16) +
    box(80, 240, 410, 120, base, 24) +
    stroke("M104 240h362q24 0 24 24v72q0 24-24 24h-362q-24 0-24-24v-72q0-24 24-24z", line, 2) +
    repeated(
      5,
      (index) =>
        disc(150 + index * 62, 300, 24, light) +
        box(140 + index * 62, 288, 5, 16, GRAPHITE) +
        box(155 + index * 62, 288, 5, 16, GRAPHITE),
    ) +
    box(446, 280, 26, 40, "#c2483f", 6),
  drive: ({ base, light, dark }: Tones) =>
    `<g transform="rotate(-24 300 300)">${box(110, 250, 260, 110, base, 26)}${box(370, 268, 110, 74, STEEL, 4)}${box(400, 284, 20, 14, GRAPHITE)}${box(400, 312, 20, 14, GRAPHITE)}${box(140, 274, 120, 20, light, 10)}${disc(146, 330, 14, dark)}</g>`,
  board: ({ line }: Tones) =>
    box(70, 120, 460, 310, STEEL, 10) +
    box(86, 136, 428, 278, "#fdfdfd", 4) +
    stroke("M130 340l80-90 70 50 110-110", "#3f74b5", 8) +
    stroke("M130 190h90M130 214h60", line, 6) +
    box(180, 430, 240, 16, GRAPHITE, 6) +
    box(220, 418, 50, 14, "#c2483f", 6) +
    box(290, 418, 50, 14, "#4f9467", 6),
  corkboard: ({ base, dark }: Tones) =>
    box(70, 120, 460, 340, "#bd935c", 10) +
    box(90, 140, 420, 300, base, 4) +
    box(130, 180, 120, 90, "#fbfbf8", 2) +
    box(290, 170, 90, 90, "#edc64c", 2) +
    box(400, 230, 80, 110, "#a9cbe0", 2) +
    box(160, 310, 180, 90, "#f6d5de", 2) +
    disc(190, 184, 10, "#c2483f") +
    disc(335, 176, 10, "#3f74b5") +
    disc(440, 238, 10, "#4f9467") +
    disc(250, 316, 10, dark),
} as const;
