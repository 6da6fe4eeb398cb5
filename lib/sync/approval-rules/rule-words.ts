import { fieldLabel } from "../field-words";
import { RULE_FIGURES, RULE_GROUPS, type Rule } from "./approval-rule";

/** What a rule is about, as the screens call it. */
export function ruleSubject(field: string): string {
  const named: Record<string, string> = { ...RULE_GROUPS, ...RULE_FIGURES };
  return named[field] ?? fieldLabel(field);
}

/** How far it lets a figure go: "up to 10 % more, 5 % less". */
export function ruleLimits({ maxIncreasePercent: rise, maxDecreasePercent: fall }: Rule): string {
  if (rise === null && fall === null) return "any change";
  const side = (percent: number | null, word: string) =>
    percent === null
      ? `any ${word}`
      : percent === 0
        ? `no ${word}`
        : `up to ${percent.toLocaleString("en-US")} % ${word}`;
  return `${side(rise, "more")}, ${side(fall, "less")}`;
}
