import { spawnSync } from "node:child_process";

/** How often to look whether the npm that started this process is still there, in milliseconds. */
const PARENT_CHECK_MS = 1_000;

/**
 * Listens for the wish to end: Ctrl-C, SIGTERM, a closed terminal, or the death of the `npm start` above.
 * `once` resolves at the first wish, `again` at the second: somebody is impatient.
 */
export function untilAskedToStop() {
  let wishes = 0;
  let first;
  let second;
  const once = new Promise((resolve) => {
    first = resolve;
  });
  const again = new Promise((resolve) => {
    second = resolve;
  });
  let lastWish = 0;
  const wish = () => {
    // A terminal's Ctrl-C reaches this process twice: by itself, and passed on by npm.
    if (Date.now() - lastWish < 500) return;
    lastWish = Date.now();
    wishes++;
    if (wishes === 1) first();
    else second();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, wish);
  const npm = npmAbove();
  if (npm) {
    const watch = setInterval(() => {
      if (isAlive(npm)) return;
      clearInterval(watch);
      wish();
    }, PARENT_CHECK_MS);
    watch.unref();
  }
  return { once, again, isStopping: () => wishes > 0 };
}

/** The process of the `npm start` that runs this one, perhaps with a shell between them; undefined without. */
function npmAbove() {
  if (!process.env.npm_lifecycle_event) return undefined;
  const { stdout } = spawnSync("ps", ["-o", "ppid=,args=", "-p", String(process.ppid)], { encoding: "utf8" });
  // Where there is no ps, the parent is all that is known.
  const [, parent, command] = stdout?.trim().match(/^(\d+)\s+(.*)$/) ?? [];
  return /^\S*sh -c /.test(command ?? "") ? Number(parent) : process.ppid;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error.code === "EPERM";
  }
}
