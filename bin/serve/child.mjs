import { spawn } from "node:child_process";
import { childEnvironment, inProject, ROOT } from "../setup/project.mjs";

/** Time a child has to end after being asked, in milliseconds. */
const STOP_MS = 10_000;
/** Waits between restarts of a child that keeps crashing, in milliseconds; a minute's good life starts them over. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const GOOD_LIFE_MS = 60_000;

/**
 * Starts a Node process and starts it again whenever it ends by itself.
 * @param {{name: string, args: string[], env?: Record<string, string>, mayRestart?: () => boolean, onGiveUp?: (code: number | null) => void}} options
 */
export function keepRunning({ name, args, env = {}, mayRestart = () => true, onGiveUp = () => undefined }) {
  let child;
  let timer;
  let pause = FIRST_PAUSE_MS;
  let isStopping = false;
  const launch = () => {
    const began = Date.now();
    child = spawn(process.execPath, ["--import", inProject("bin/serve/lifeline.mjs"), ...args], {
      cwd: ROOT,
      env: childEnvironment({ NODE_ENV: "production", ...env }),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.once("exit", (code, signal) => {
      child = undefined;
      if (isStopping) return;
      if (!mayRestart()) return onGiveUp(code);
      if (Date.now() - began > GOOD_LIFE_MS) pause = FIRST_PAUSE_MS;
      process.stderr.write(`The ${name} ended (${signal ?? `code ${code}`}); it starts again in ${pause / 1000} s.\n`);
      timer = setTimeout(launch, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  };
  launch();

  return {
    /** Asks the child to end, and ends it after ten seconds. Resolves when it is gone. */
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      const running = child;
      if (!running) return;
      const gone = new Promise((resolve) => running.once("exit", resolve));
      running.kill("SIGTERM");
      const killer = setTimeout(() => running.kill("SIGKILL"), STOP_MS);
      await gone;
      clearTimeout(killer);
    },
    kill() {
      isStopping = true;
      clearTimeout(timer);
      child?.kill("SIGKILL");
    },
  };
}
