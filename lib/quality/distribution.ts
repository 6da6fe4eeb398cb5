import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
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
  const [rows, missingRequired] = await Promise.all([
    db.productQuality.groupBy({ by: ["grade"], _count: { _all: true }, orderBy: { grade: "asc" } }),
    db.productQuality.count({ where: { missingRequired: { gt: 0 } } }),
  ]);
  const grades = GRADES.map((grade) => ({
    grade,
    products: rows.find((row) => row.grade === grade)?._count._all ?? 0,
  }));
  return { grades, total: grades.reduce((sum, { products }) => sum + products, 0), missingRequired };
}
