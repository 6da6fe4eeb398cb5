import { Argument, Command, Option } from "commander";
import { addJobCommands } from "./job-commands";
import { finish, type Reporting, reporting, wholeNumber } from "./reporting";

// Every command loads its own code when it runs: `--help` loads none.

/** The `stockroom` command with all that it can do. */
export function buildProgram(): Command {
  const program = new Command("stockroom")
    .description("The back office of a product catalogue, from the command line.")
    .showHelpAfterError("(--help shows what there is)")
    .configureHelp({ sortSubcommands: false });
  addFeedCommands(program);
  addExportCommands(program);
  addSyncCommands(program);
  addIconCommands(program);
  addJobCommands(program);
  addScheduleCommands(program);
  addPeopleCommands(program);
  addSystemCommands(program);
  for (const command of allCommands(program)) command.exitOverride();
  return program;
}

function addFeedCommands(program: Command) {
  const feed = program.command("feed").description("supplier feeds");
  reporting(feed.command("import"))
    .description("import a feed: zips, CSV files, or a folder that holds them")
    .argument("<path...>", "files or folders, read in the order given")
    .addOption(
      new Option(
        "--source <source>",
        "etilize, shopify-csv, erp or categories; or the name or id of a source, which a mapped CSV needs",
      ).makeOptionMandatory(),
    )
    .option("--dry-run", "show what would change and change nothing")
    .option("--yes", "apply without review; guards and ambiguous matches still wait for a person")
    .action(async (paths: string[], options: { source: string; dryRun?: boolean; yes?: boolean; json?: boolean }) => {
      const { importFeed } = await import("./feed-import");
      await finish(options, () =>
        importFeed({
          paths,
          source: options.source,
          dryRun: options.dryRun ?? false,
          autoApprove: options.yes ?? false,
        }),
      );
    });
}

function addExportCommands(program: Command) {
  const exporting = program.command("export").description("what the catalogue holds, as files");
  reporting(exporting.command("products"))
    .description("all products as a Shopify-shaped CSV; importing it again changes nothing")
    .argument("<file>", "the CSV file to write")
    .action(async (file: string, options: Reporting) => {
      const { exportProducts } = await import("./export-products");
      await finish(options, () => exportProducts(file));
    });
}

function addIconCommands(program: Command) {
  const icons = program.command("icons").description("categories' icons");
  reporting(icons.command("import"))
    .description("take over an earlier system's icons; its files stay as they are, and twice is once")
    .argument("[path]", "its folder, metadata.json or a zip (default: the usual places)")
    .option("--dry-run", "tell what would be taken and take nothing")
    .action(async (path: string | undefined, options: { dryRun?: boolean } & Reporting) => {
      const { importIcons } = await import("./icons-import");
      await finish(options, () =>
        importIcons({ ...(path !== undefined && { path }), dryRun: options.dryRun ?? false }),
      );
    });
}

function addSyncCommands(program: Command) {
  const sync = program.command("sync").description("sync history");
  reporting(sync.command("list"))
    .description("the latest runs")
    .option("--limit <count>", "how many", wholeNumber, 20)
    .action(async (options: { limit: number; json?: boolean }) => {
      const { showRuns } = await import("./sync-history");
      await finish(options, () => showRuns(options.limit));
    });
  reporting(sync.command("show"))
    .description("one run: its counts, files and rejected rows")
    .addArgument(new Argument("<number>", "the run's number").argParser(wholeNumber))
    .action(async (number: number, options: Reporting) => {
      const { showRun } = await import("./sync-history");
      await finish(options, () => showRun(number));
    });
  reporting(sync.command("revert"))
    .description("undo a run; what was changed since stays and is listed")
    .addArgument(new Argument("<number>", "the run's number").argParser(wholeNumber))
    .option("--dry-run", "show what would go back and change nothing")
    .action(async (number: number, options: { dryRun?: boolean } & Reporting) => {
      const { revertRun } = await import("./sync-revert");
      await finish(options, () => revertRun(number, { dryRun: options.dryRun ?? false }));
    });
}

function addScheduleCommands(program: Command) {
  const schedule = program.command("schedule").description("jobs asked for by the clock");
  reporting(schedule.command("list"))
    .description("every schedule, its next time and how it went last")
    .action(async (options: Reporting) => {
      const { showSchedules } = await import("./schedules");
      await finish(options, showSchedules);
    });
  for (const [name, description] of [
    ["pause", "let its times pass without a job"],
    ["resume", "let a paused schedule go on"],
  ] as const) {
    reporting(schedule.command(name))
      .description(description)
      .argument("<schedule>", "its name or id")
      .action(async (which: string, options: Reporting) => {
        const { pauseSchedule } = await import("./schedules");
        await finish(options, () => pauseSchedule(which, name === "pause"));
      });
  }
  reporting(schedule.command("run"))
    .description("start its job now, with its owner's rights")
    .argument("<schedule>", "its name or id")
    .action(async (which: string, options: Reporting) => {
      const { runSchedule } = await import("./schedules");
      await finish(options, () => runSchedule(which));
    });
}

function addPeopleCommands(program: Command) {
  const user = program.command("user").description("people who sign in");
  reporting(user.command("create"))
    .description("add a person; prints a random password unless one is given")
    .argument("<email>")
    .addOption(new Option("--role <role>", "what they may do").choices(["staff", "manager", "admin"]).default("staff"))
    .option("--username <name>", "signs in too (default: the e-mail's first part)")
    .option("--first-name <name>")
    .option("--last-name <name>")
    .option("--password-stdin", "read the password from standard input")
    .action(async (email: string, options: NewUserOptions & Reporting) => {
      const { addUser } = await import("./users");
      await finish(options, () => addUser(email, options));
    });
  reporting(user.command("password"))
    .description("set a person's password; signs them out everywhere")
    .argument("<login>", "e-mail or username")
    .option("--password-stdin", "read the password from standard input")
    .action(async (login: string, options: { passwordStdin?: boolean } & Reporting) => {
      const { changePassword } = await import("./users");
      await finish(options, () => changePassword(login, options));
    });
  const token = program.command("token").description("long-lived tokens for scripts");
  reporting(token.command("create"))
    .description("make a token; it is shown this once")
    .argument("<login>", "whose token: e-mail or username")
    .requiredOption("--name <name>", "what it is for")
    .addOption(new Option("--scope <scope>", "what it may do").choices(["read", "write"]).default("read"))
    .option("--days <days>", "until it expires (default: never)", wholeNumber)
    .action(async (login: string, options: TokenOptions & Reporting) => {
      const { addToken } = await import("./tokens");
      await finish(options, () => addToken(login, options));
    });
}

function addSystemCommands(program: Command) {
  reporting(program.command("init"))
    .description("make the database and the first sign-in; safe to repeat")
    .option("--demo", "with the sample catalogue and three sign-ins")
    .action(async (options: { demo?: boolean } & Reporting) => {
      const { init } = await import("./init");
      await finish(options, () => init({ demo: options.demo ?? false }));
    });
  reporting(program.command("migrate"))
    .description("bring the database to this version's schema")
    .action(async (options: Reporting) => {
      const { runMigrations } = await import("./migrate");
      await finish(options, runMigrations);
    });
  reporting(program.command("health"))
    .description("is everything well? With --json: rows per table too")
    .action(async (options: Reporting) => {
      const { checkHealth } = await import("./health");
      await finish(options, () => checkHealth({ withRows: options.json ?? false }));
    });
  reporting(program.command("check"))
    .description(
      "count every category's products anew, compare with what the screens show, and look for icons without files",
    )
    .action(async (options: Reporting) => {
      const { check } = await import("./check");
      await finish(options, check);
    });
  program
    .command("worker")
    .description("work the job queue until stopped")
    .action(async () => {
      const { work } = await import("./work");
      await work();
    });
}

export interface NewUserOptions {
  role: "staff" | "manager" | "admin";
  username?: string;
  firstName?: string;
  lastName?: string;
  passwordStdin?: boolean;
}
export interface TokenOptions {
  name: string;
  scope: "read" | "write";
  days?: number;
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
