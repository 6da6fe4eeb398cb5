/** An end that was foreseen: its message is one sentence or two for the person at the terminal. */
export class Refusal extends Error {
  name = "Refusal";
}

/** Runs a script's main function; a failure is a sentence on stderr and exit code 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    process.exit(1);
  }
}

/** Errors of our own speak for themselves; any other says what it is, and with STOCKROOM_DEBUG=on where. */
function sentence(error) {
  if (!(error instanceof Error)) return String(error);
  if (process.env.STOCKROOM_DEBUG === "on") return String(error.stack);
  if (["Refusal", "AppError", "SettingsError"].includes(error.name)) return error.message;
  return `Something went wrong: ${error.message} (STOCKROOM_DEBUG=on shows where).`;
}
