import { currentWork } from "@/lib/jobs/current-work";
import { route } from "@/lib/route";

/** What the header shows of the present; asked every few seconds by open pages. */
export const GET = route({ grant: "job:read" }, ({ actor }) => currentWork(actor));
