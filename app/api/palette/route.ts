import { z } from "zod";
import { route } from "@/lib/route";
import { findAnything } from "@/lib/search/find-anything";

const query = z.object({ q: z.string().trim().min(1).max(100) });

/** What the palette offers for what is typed. */
export const GET = route({ grant: "catalog:read", query }, ({ actor, query: { q } }) => findAnything(actor, q));
