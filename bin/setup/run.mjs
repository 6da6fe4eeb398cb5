import { spawn } from "node:child_process";
import { childEnvironment, ROOT } from "./project.mjs";
import { Refusal } from "./refusal.mjs";

/** How much of a failed command's output is worth showing, in characters. */
const OUTPUT_SHOWN = 20_000;
/** Stopping a script stops the command it runs. */
const STOPS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs a command in the project's folder; resolves to its exit code and what it printed. */
export function capture(command, args, { env = {}, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: childEnvironment(env), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const take = (chunk) => {
      output += chunk;
      onLine?.(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    const passOn = (signal) => {
      child.kill(signal);
      child.once("close", () => process.exit(1));
    };
    for (const signal of STOPS) process.once(signal, passOn);
    child.on("error", reject);
    child.on("close", (code) => {
      for (const signal of STOPS) process.removeListener(signal, passOn);
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * Runs a command that must succeed.
 * @param {string} failure the sentence to end with when it does not
 */
export async function mustRun(command, args, failure, options = {}) {
  const { code, output } = await capture(command, args, options);
  if (code === 0) return output;
  process.stderr.write(`${output.slice(-OUTPUT_SHOWN)}\n`);
  throw new Refusal(failure);
}

/** Runs a Node script on this terminal; resolves to its exit code. */
export function runAttached(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env: childEnvironment(), stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** Runs a step, saying what takes time and how long it took. */
export async function timed(title, work) {
  const began = Date.now();
  process.stderr.write(`${title} …\n`);
  await work();
  process.stderr.write(`  done in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}
