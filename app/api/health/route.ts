import { checkHealth } from "@/lib/health/check-health";
import { publicRoute } from "@/lib/route";

export const GET = publicRoute({}, async () => {
  const health = await checkHealth();
  return Response.json(health, { status: health.status === "unhealthy" ? 503 : 200 });
});
