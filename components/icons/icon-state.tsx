import { StatusDot, type Tone } from "@/components/ui/status";

export interface StatefulIcon {
  isShown: boolean;
  status: string;
  reviewState: string;
  fileMissing: boolean;
}

/** What is to be said of an icon, with its hue. */
export function iconState(icon: StatefulIcon): { tone: Tone; word: string } {
  if (icon.fileMissing) return { tone: "red", word: "File missing" };
  if (icon.status === "failed") return { tone: "red", word: "Failed" };
  if (icon.status === "generating") return { tone: "blue", word: "Being made" };
  if (icon.isShown) return { tone: "green", word: "Active" };
  if (icon.reviewState === "pending") return { tone: "amber", word: "To review" };
  if (icon.reviewState === "rejected") return { tone: "red", word: "Rejected" };
  return { tone: "idle", word: "Approved" };
}

export function IconState({ icon }: { icon: StatefulIcon }) {
  const { tone, word } = iconState(icon);
  return <StatusDot tone={tone}>{word}</StatusDot>;
}
