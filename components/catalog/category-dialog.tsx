"use client";

import { type FormEvent, useState, useTransition } from "react";
import { changeCategoryAction } from "@/app/(dashboard)/categories/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CategoryOperation } from "@/lib/categories/category-operation";
import type { CategoryChanged } from "@/lib/categories/change-category";
import { type CategoryCommand, COMMAND_TITLES, type CommandForm, operationOf } from "./category-command";
import { CategoryTarget } from "./category-target";
import { CategoryTouches } from "./category-touches";
import { useCategoryPreview } from "./use-category-preview";

export interface CategoryDialogProps {
  command: CategoryCommand;
  onClose: () => void;
  onChanged: (operation: CategoryOperation, changed: CategoryChanged) => void;
}

/** Asks what a command still needs, shows what it would touch, and carries it out. */
export function CategoryDialog({ command, onClose, onChanged }: CategoryDialogProps) {
  const isRename = command.kind === "rename";
  const [form, setForm] = useState<CommandForm>({
    name: isRename ? command.category.name : "",
    slug: "",
    target: null,
  });
  const [word, setWord] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const isSameName = isRename && form.name.trim() === command.category.name && form.slug.trim() === "";
  const operation = isSameName ? null : operationOf(command, form);
  const { preview, failure } = useCategoryPreview(operation);
  // Whoever says yes has seen what it touches; a new one touches nothing.
  const isReady = !isPending && operation !== null && !failure && (preview !== null || command.kind === "create");
  const asksName = command.kind === "create" || isRename;

  function change(changes: Partial<CommandForm>) {
    setForm({ ...form, ...changes });
    setError(undefined);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady) return setError(lackOf(command, form) ?? error);
    startTransition(async () => {
      const confirmation = word.trim() === "" ? undefined : word;
      const result = await answerOf(
        changeCategoryAction({ operation, version: preview?.version ?? undefined, confirmation }),
      );
      if (!result.ok) return setError(Object.values(result.error.fields ?? {})[0] ?? result.error.message);
      onChanged(operation, result.data);
    });
  }

  const problem = error ?? failure ?? undefined;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={COMMAND_TITLES[command.kind]}
        description={told(command)}
        className="w-[min(34rem,calc(100vw-2rem))]"
        footer={
          <>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              type="submit"
              form="category-command"
              variant={command.kind === "merge" ? "danger" : "primary"}
              aria-disabled={!isReady}
            >
              {isPending ? "Saving…" : VERBS[command.kind]}
            </Button>
          </>
        }
      >
        <form id="category-command" onSubmit={submit} className="grid gap-3">
          {asksName && (
            <Field label="Name" error={problem}>
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  value={form.name}
                  onChange={(event) => change({ name: event.target.value })}
                />
              )}
            </Field>
          )}
          {isRename && (
            <Field label="Address" help="Left empty, the name makes it. Old addresses lead on.">
              {(control) => (
                <Input
                  {...control}
                  className="mono"
                  autoComplete="off"
                  placeholder={command.category.path.split("/").at(-1)}
                  value={form.slug}
                  onChange={(event) => change({ slug: event.target.value })}
                />
              )}
            </Field>
          )}
          {(command.kind === "merge" || (command.kind === "move" && !command.to)) && (
            <CategoryTarget
              label={command.kind === "merge" ? "Merge into" : "Move under"}
              value={form.target}
              exceptId={command.category.id}
              hasTop={command.kind === "move"}
              onPick={(target) => change({ target })}
            />
          )}
          {!asksName && problem && (
            <p role="alert" className="text-red">
              {problem}
            </p>
          )}
          {preview && command.kind !== "create" && (
            <CategoryTouches preview={preview} isMerge={command.kind === "merge"} />
          )}
          {operation && command.kind !== "create" && !preview && !failure && (
            <p role="status" className="text-xs text-muted">
              Looking at what it touches…
            </p>
          )}
          {preview?.isQueued && <p className="text-muted">So many products are moved by the worker, in batches.</p>}
          {preview?.confirmation && (
            <Field label={`Type "${preview.confirmation}" to confirm`}>
              {(control) => (
                <Input {...control} value={word} onChange={(event) => setWord(event.target.value)} autoComplete="off" />
              )}
            </Field>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** What a form says that is sent too early; nothing while its preview is on its way. */
function lackOf(command: CategoryCommand, { name, target }: CommandForm): string | undefined {
  const { kind } = command;
  if (kind === "create" || kind === "rename") return name.trim() === "" ? "Enter a name." : undefined;
  const asksTarget = kind === "merge" || (kind === "move" && !command.to);
  return asksTarget && target === null ? "Choose a category first." : undefined;
}

const VERBS = {
  create: "Create",
  rename: "Rename",
  move: "Move",
  merge: "Merge",
  archive: "Archive",
  restore: "Restore",
} as const;

function told(command: CategoryCommand): string {
  switch (command.kind) {
    case "create":
      return command.parent ? `Under “${command.parent.name}”.` : "At the top level.";
    case "rename":
      return `“${command.category.name}”. Products and sub-categories stay in it.`;
    case "move": {
      if (!command.to) return `“${command.category.name}” with all below it.`;
      const to = command.to.parent ? `under “${command.to.parent.name}”` : "to the top level";
      return `“${command.category.name}” ${to}, with all below it.`;
    }
    case "merge":
      return `“${command.category.name}” goes; its products, sub-categories, icons and addresses go to the other, and feeds that know it put later rows there.`;
    case "archive":
      return `“${command.category.name}” and what is below it no longer show in the tree. Products stay in it.`;
    case "restore":
      return `“${command.category.name}” shows in the tree again.`;
    default:
      return command satisfies never;
  }
}
