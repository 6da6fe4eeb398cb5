import { AppError } from "@/lib/errors";

export type FetchFault =
  | "network"
  | "timeout"
  | "certificate"
  | "host_key"
  | "login"
  | "folder"
  | "file"
  | "changed"
  | "incomplete"
  | "server";

/** What a second try may find better: the line and the server's mood, not a refusal. */
const PASSING: readonly FetchFault[] = ["network", "timeout", "changed", "incomplete", "server"];

/** A source's server or folder did not give its files. The message says what happened and what to do. */
export class FetchError extends AppError {
  override name = "FetchError";

  constructor(
    readonly fault: FetchFault,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(
      fault === "login" || fault === "folder" || fault === "file" ? "invalid_input" : "unavailable",
      message,
      options,
    );
  }

  get isPassing() {
    return PASSING.includes(this.fault);
  }
}

/** A failure of the network itself, in words; null for anything else. */
export function networkFault(error: unknown, place: string): FetchError | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const say = (fault: FetchFault, message: string) => new FetchError(fault, message, { cause: error });
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_NODATA":
      return say("network", `No server named ${place} was found. Check the name, and that this machine can reach it.`);
    case "ECONNREFUSED":
      return say("network", `${place} refused the connection. Check the port, and that the server is running.`);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return say("network", `${place} can't be reached from this machine. Check the address and the firewall.`);
    case "ETIMEDOUT":
      return say("timeout", `${place} did not answer in time. Check the port and the firewall, or allow more time.`);
    case "ECONNRESET":
    case "EPIPE":
      return say("network", `The connection to ${place} broke. It is tried again with the next fetch.`);
    default:
      return null;
  }
}
