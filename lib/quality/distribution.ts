import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { countQuality } from "@/lib/db/quality";
import { GRADES, type Grade } from "./score";

export interface QualityDistribution {
  grades: { grade: Grade; products: number }[];
  /** Products whose quality is known. */
  total: number;
  /** Products that lack something required. */
  missingRequired: number;
}

/** How many products have each grade, archived ones included: two walks over an index. */
export async function qualityDistribution(actor: Actor): Promise<QualityDistribution> {
  assertCan(actor, "catalog:read");
  const { byGrade, missingRequired } = await countQuality();
  const grades = GRADES.map((grade) => ({ grade, products: byGrade.get(grade) ?? 0 }));
  return { grades, total: grades.reduce((sum, { products }) => sum + products, 0), missingRequired };
}
