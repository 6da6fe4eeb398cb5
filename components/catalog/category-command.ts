import type { CategoryOperation } from "@/lib/categories/category-operation";

/** A category as a command on it needs it. */
export interface CommandedCategory {
  id: string;
  name: string;
  path: string;
}

/** What somebody asked for in the tree or on a category's page; the dialog asks for the rest. */
export type CategoryCommand =
  | { kind: "create"; parent: CommandedCategory | null }
  | { kind: "rename" | "merge" | "archive" | "restore"; category: CommandedCategory }
  /** `to`: where it was dropped; without it the dialog asks. */
  | { kind: "move"; category: CommandedCategory; to?: Drop };

export interface Drop {
  parent: CommandedCategory | null;
  beforeId?: string | null;
}

export const COMMAND_TITLES = {
  create: "New category",
  rename: "Rename category",
  move: "Move category",
  merge: "Merge category",
  archive: "Archive category",
  restore: "Restore category",
} as const;

/** What the form holds beside the command. */
export interface CommandForm {
  name: string;
  slug: string;
  target: CommandedCategory | "top" | null;
}

/** The operation that the form comes to; null while something is not chosen yet. */
export function operationOf(command: CategoryCommand, { name, slug, target }: CommandForm): CategoryOperation | null {
  switch (command.kind) {
    case "create":
      return name.trim() === "" ? null : { kind: "create", parentId: command.parent?.id ?? null, name: name.trim() };
    case "rename": {
      const { id } = command.category;
      if (name.trim() === "") return null;
      return { kind: "rename", id, name: name.trim(), ...(slug.trim() !== "" && { slug: slug.trim() }) };
    }
    case "move": {
      const { id } = command.category;
      if (command.to)
        return { kind: "move", id, parentId: command.to.parent?.id ?? null, beforeId: command.to.beforeId };
      return target === null ? null : { kind: "move", id, parentId: target === "top" ? null : target.id };
    }
    case "merge":
      return target === null || target === "top" ? null : { kind: "merge", id: command.category.id, intoId: target.id };
    case "archive":
    case "restore":
      return { kind: command.kind, id: command.category.id };
    default:
      return command satisfies never;
  }
}
