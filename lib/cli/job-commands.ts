import type { Command } from "commander";
import { finish, type Reporting, reporting, wholeNumber } from "./reporting";

const ACTIONS = {
  cancel: "ask for a job's end",
  pause: "let a job stand until it is resumed; what is done stays done",
  resume: "let a paused job go on from where it stopped",
  retry: "run a job that failed once more",
} as const;

/** `stockroom job …` */
export function addJobCommands(program: Command) {
  const job = program.command("job").description("long work, and what becomes of it");
  reporting(job.command("types"))
    .description("the kinds of jobs, with what each is given")
    .action(async (options: Reporting) => {
      const { showJobTypes } = await import("./jobs");
      await finish(options, showJobTypes);
    });
  addStart(job);
  reporting(job.command("list"))
    .description("the latest jobs")
    .option("--limit <count>", "how many", wholeNumber, 20)
    .option("--status <state>", "only those in this state: running, failed …")
    .option("--type <type>", "only those of this kind")
    .action(async (options: { limit: number; status?: string; type?: string } & Reporting) => {
      const { showJobs } = await import("./jobs");
      await finish(options, () => showJobs(options));
    });
  reporting(job.command("show"))
    .description("one job: its state, its parameters and its result")
    .argument("<id>")
    .action(async (id: string, options: Reporting) => {
      const { showJob } = await import("./jobs");
      await finish(options, () => showJob(id));
    });
  for (const action of Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]) {
    reporting(job.command(action))
      .description(ACTIONS[action])
      .argument("<id>")
      .action(async (id: string, options: Reporting) => {
        const { actOnJob } = await import("./jobs");
        await finish(options, () => actOnJob(action, id));
      });
  }
}

/** A kind's flags are its own: they are read once the kind is known. */
function addStart(job: Command) {
  job
    .command("start")
    .description("start a job; `stockroom job start <type> --help` shows the kind's flags")
    .argument("[type]", "which kind, as `stockroom job types` lists them")
    .argument("[flags...]")
    .helpOption(false)
    .allowUnknownOption()
    .action(async (type: string | undefined, flags: string[], _: unknown, command: Command) => {
      if (type === undefined || type.startsWith("-")) return command.help({ error: type === undefined });
      const { readStart, startJobHere } = await import("./jobs");
      const asked = readStart(type, flags);
      await finish(asked, () => startJobHere(type, asked));
    });
}
