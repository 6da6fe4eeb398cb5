import "server-only";
import { isFetched, parseConnection } from "@/lib/feeds/connection";
import { categories, definitions, fields, products } from "./catalogue-choices";
import type { ChoiceSource } from "./choice-source";
import { heldRows, runs, sources } from "./feed-choices";
import type { ChoiceKind } from "./parameter";

/** Where the choices of each kind come from. */
export const CHOICES: Record<ChoiceKind, ChoiceSource> = {
  source: sources(() => true),
  "fetched-source": sources((connection) => isFetched(parseConnection(connection))),
  "run-in-review": runs({ status: "review", isDryRun: false }),
  "undoable-run": runs({
    status: { in: ["success", "partial", "failed", "cancelled"] },
    isDryRun: false,
    prunedAt: null,
    undoneBy: null,
    trigger: { not: "undo" },
    changes: { some: { state: "applied" } },
  }),
  "category-run": runs({ changes: { some: { entity: "category", state: "applied" } } }),
  "held-row": heldRows,
  category: categories,
  product: products,
  definition: definitions,
  field: fields,
};
