import { deliverDue } from "@/lib/notifications/channels/deliver";

// A real process that sends what is due, once: for a test that kills it in the middle.

await deliverDue(new AbortController().signal);
process.exit(0);
