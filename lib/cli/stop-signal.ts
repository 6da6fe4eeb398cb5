let signal: AbortSignal | undefined;

/** Aborts at the first Ctrl-C or SIGTERM; the second ends the process at once. */
export function stopSignal(): AbortSignal {
  signal ??= listen();
  return signal;
}

function listen(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
  };
  // A terminal's Ctrl-C may reach a supervised worker twice: from the terminal and passed on by its supervisor.
  process.on("SIGINT", stop);
  process.on("SIGTERM", () => controller.abort());
  return controller.signal;
}
