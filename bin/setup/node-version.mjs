// Imports nothing, so that it can speak even where the rest of the code can't be loaded.

const OLDEST = [20, 19];

/** Ends the process with a sentence when this Node is too old. */
export function requireNode(version = process.versions.node) {
  if (isNewEnough(version)) return;
  process.stderr.write(
    `Stockroom needs Node ${OLDEST.join(".")} or newer; this is ${version}. Install a newer one and start again.\n`,
  );
  process.exit(1);
}

/** @param {string} version "20.19.0" */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
