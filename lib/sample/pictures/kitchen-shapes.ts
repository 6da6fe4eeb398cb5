import type { Tones } from "./palette";
import { area, box, disc, repeated, stroke } from "./svg";

const PAPER = "#fbfbf8";
const SHADE = "#00000018";

/** Breakroom and cleaning. */
export const KITCHEN_SHAPES = {
  cup: ({ base, light, dark }: Tones) =>
    stroke("M250 240l-30-130M300 240v-150M350 240l34-120", "#3f74b5", 14) +
    stroke("M300 120v-30", "#edc64c", 14) +
    area("M190 220h220l-14 270h-192z", base) +
    box(206, 240, 24, 220, light, 12) +
    box(186, 212, 228, 22, dark, 8),
  mug: ({ base, light, dark, line }: Tones) =>
    stroke("M400 250q100-10 90 80t-100 80", base, 34) +
    area("M170 180h250v250q0 60-60 60h-130q-60 0-60-60z", base) +
    stroke("M170 180h250v250q0 60-60 60h-130q-60 0-60-60z", line, 2) +
    `<ellipse cx="295" cy="182" rx="125" ry="28" fill="${dark}"/><ellipse cx="295" cy="188" rx="104" ry="18" fill="#6b4630"/>` +
    box(196, 240, 22, 190, light, 11),
  papercup: ({ base, light, dark, line }: Tones) =>
    area("M190 190h220l-34 310h-152z", base) +
    stroke("M190 190h220l-34 310h-152z", line, 2) +
    area("M199 270h202l-14 120h-174z", dark) +
    box(176, 150, 248, 44, "#e9ecef", 16) +
    box(206, 130, 188, 28, "#dfe3e7", 12) +
    box(240, 310, 120, 30, light, 15),
  bag: ({ base, light, dark }: Tones) =>
    area("M190 130h220l24 370h-268z", base) +
    area("M190 130h220v50h-220z", dark) +
    box(220, 250, 160, 150, PAPER, 12) +
    `<ellipse cx="300" cy="325" rx="30" ry="46" fill="#6b4630" transform="rotate(25 300 325)"/>` +
    stroke("M288 366q24-40 22-84", light, 6) +
    disc(300, 216, 10, light),
  pod: ({ base, light, dark }: Tones) =>
    repeated(3, (index) => {
      const [x, y] = [
        [300, 190],
        [200, 370],
        [400, 370],
      ][index] ?? [300, 300];
      return (
        area(`M${(x ?? 0) - 80} ${y}h160l-30 110h-100z`, index ? dark : base) +
        `<ellipse cx="${x}" cy="${y}" rx="86" ry="22" fill="${light}"/>`
      );
    }),
  teabox: ({ base, light, dark }: Tones) =>
    box(150, 210, 300, 240, base, 12) +
    box(150, 210, 300, 60, dark, 12) +
    area("M300 300q70 20 60 110-80-10-60-110z", light) +
    area("M296 310q-70 20-56 100 70-20 56-100z", PAPER) +
    stroke("M380 210v-70h50", PAPER, 5) +
    box(420, 120, 50, 44, light, 4),
  cutlery: ({ base, dark, line }: Tones) => {
    const outline = base === "#fafbfb" ? line : dark;
    return (
      stroke("M200 150v90q0 40 30 40t30-40v-90M230 150v330", outline, 16) +
      area("M330 140q60 60 36 160h-36z", outline) +
      box(330, 290, 18, 200, outline, 8) +
      `<ellipse cx="430" cy="200" rx="38" ry="60" fill="${outline}"/>` +
      box(421, 250, 18, 240, outline, 8)
    );
  },
  waterbottle: ({ dark }: Tones) =>
    box(268, 80, 64, 44, "#3f74b5", 8) +
    area("M272 124h56l8 40q54 26 54 80v220q0 36-36 36h-108q-36 0-36-36v-220q0-54 54-80z", "#bfdcec") +
    box(210, 280, 180, 110, "#3f74b5") +
    area("M220 350q40-50 80-10t80-10v40h-160z", "#ffffffaa") +
    box(230, 200, 16, 70, "#ffffffaa", 8) +
    box(232, 410, 136, 6, dark, 3),
  snack: ({ base, light, dark }: Tones) =>
    repeated(
      2,
      (index) =>
        `<g transform="translate(${index * 20 - 10} ${index * 110 - 55}) rotate(-12 300 300)">${area("M110 250l16-16 16 16h316l16-16 16 16v100l-16 16-16-16h-316l-16 16-16-16z", index ? dark : base)}${box(190, 272, 160, 22, PAPER, 11)}${box(190, 306, 100, 14, light, 7)}</g>`,
    ),
  spray: ({ base, light, dark }: Tones) =>
    area("M250 100h120l40 30v24h-60v40h-90v-40h-20z", dark) +
    stroke("M262 190q-10 40-34 54", dark, 16) +
    area("M262 200h86q10 60 46 90v180q0 30-30 30h-124q-30 0-30-30v-180q42-30 52-90z", base) +
    box(220, 330, 164, 110, PAPER, 10) +
    box(244, 356, 110, 16, base, 8) +
    box(244, 386, 70, 12, light, 6),
  wipes: ({ base, light, dark }: Tones) =>
    area("M260 150q20-60 60-40t50-20l-10 70h-100z", PAPER) +
    box(190, 150, 220, 60, dark, 18) +
    box(200, 204, 200, 290, base, 20) +
    box(200, 260, 200, 150, PAPER) +
    disc(300, 335, 46, base) +
    stroke("M280 336l16 18 28-36", PAPER, 10) +
    box(216, 430, 14, 50, light, 7),
  soap: ({ base, light, dark }: Tones) =>
    box(286, 130, 28, 90, dark) +
    box(220, 110, 110, 34, dark, 14) +
    box(250, 200, 100, 36, dark, 8) +
    area("M220 250q0-20 20-20h120q20 0 20 20l20 200q0 50-40 50h-120q-40 0-40-50z", base) +
    box(240, 320, 120, 90, PAPER, 12) +
    disc(300, 364, 24, light),
  roll: ({ base, light, line }: Tones) =>
    area("M190 200h220v250h-220z", base) +
    `<ellipse cx="300" cy="450" rx="110" ry="36" fill="${base}" stroke="${line}" stroke-width="2"/>` +
    box(191, 200, 218, 250, base) +
    stroke("M190 200v250M410 200v250", line, 2) +
    `<ellipse cx="300" cy="200" rx="110" ry="36" fill="${light}" stroke="${line}" stroke-width="2"/><ellipse cx="300" cy="200" rx="38" ry="13" fill="#c39b6b"/>` +
    area("M410 260h70v200l-18-10-18 10-18-10-16 10z", base) +
    stroke("M410 260h70v200", line, 2) +
    repeated(3, (index) => box(220, 270 + index * 56, 150, 2, SHADE)),
  tissue: ({ base, light, dark }: Tones) =>
    area("M250 240q-10-90 30-80t40-50q40 60 40 130z", PAPER) +
    stroke("M250 240q-10-90 30-80t40-50q40 60 40 130", "#cfd5da", 3) +
    area("M150 240h300v210h-300z", base) +
    `<ellipse cx="300" cy="246" rx="90" ry="16" fill="${dark}"/>` +
    repeated(4, (index) => disc(190 + index * 74, 370, 22, light)),
  bin: ({ base, light, dark, line }: Tones) =>
    area("M180 190h240l-26 310h-188z", base) +
    stroke("M180 190h240l-26 310h-188z", line, 2) +
    box(160, 156, 280, 40, dark, 14) +
    box(260, 134, 80, 26, dark, 10) +
    repeated(3, (index) => stroke(`M${240 + index * 60} 230l${(1 - index) * 6} 230`, light, 8)),
  trashbag: ({ base, light, dark, line }: Tones) =>
    area("M270 190q-30-60-60-70 90 20 90 50 10-40 90-50-40 20-60 70z", dark) +
    area("M270 190h60q120 80 120 210t-150 100q-150 30-150-100t120-210z", base) +
    stroke("M270 190h60q120 80 120 210t-150 100q-150 30-150-100t120-210z", line, 2) +
    stroke("M220 320q-24 60-10 110M300 230q10 40 0 80", light, 10) +
    box(262, 178, 76, 18, "#c2483f", 9),
} as const;
