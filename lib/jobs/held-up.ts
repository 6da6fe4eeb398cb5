import { isDiskFull } from "@/lib/disk-full";
import { AppError } from "@/lib/errors";

/** Another process holds the database for long, or the disk is full: nothing is lost, a later look asks again. */
export function isHeldUp(error: unknown): boolean {
  return (error instanceof AppError && error.code === "unavailable") || isDiskFull(error);
}
