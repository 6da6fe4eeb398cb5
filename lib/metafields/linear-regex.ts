/** A pattern that is matched in time proportional to the text, whatever either of them is. */
export type CompiledPattern = { ok: true; test: (text: string) => boolean } | { ok: false; error: string };

/** Instructions of one pattern: what is written out by `{n,m}` counts n times. */
const LONGEST_PROGRAM = 2_000;
const LONGEST_PATTERN = 500;

type Node =
  | { kind: "char"; test: (character: string) => boolean }
  | { kind: "assert"; of: Assertion }
  | { kind: "all"; parts: Node[] }
  | { kind: "either"; parts: Node[] }
  | { kind: "repeat"; part: Node; min: number; max: number };
type Assertion = "^" | "$" | "\\b" | "\\B";

type Step =
  | { op: "char"; test: (character: string) => boolean }
  | { op: "assert"; of: Assertion }
  | { op: "fork"; to: number[] }
  | { op: "match" };

class PatternError extends Error {
  override name = "PatternError";
}

/**
 * Compiles what RE2 and JavaScript both know: classes, groups, alternatives, repetitions, anchors. What needs
 * backtracking (look-around, back-references) is refused, as Shopify refuses it. Thompson's construction:
 * all ways are walked at once, so that no pattern takes exponential time.
 */
export function compilePattern(pattern: string): CompiledPattern {
  if (pattern.length > LONGEST_PATTERN) return { ok: false, error: `Shorten this to ${LONGEST_PATTERN} characters.` };
  try {
    const native = new RegExp(pattern, "u");
    const program: Step[] = [];
    write(new Parser(native.source).parse(), program);
    program.push({ op: "match" });
    return { ok: true, test: (text) => matches(program, [...text]) };
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, error: error.message };
    if (error instanceof SyntaxError)
      return { ok: false, error: "This is no pattern: check its brackets and escapes." };
    throw error;
  }
}

class Parser {
  #at = 0;
  readonly #characters: string[];

  constructor(source: string) {
    this.#characters = [...source];
  }

  parse(): Node {
    const parts = [this.#sequence()];
    while (this.#take("|")) parts.push(this.#sequence());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: "either", parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    for (let next = this.#peek(); next !== undefined && next !== "|" && next !== ")"; next = this.#peek()) {
      parts.push(this.#repeated(this.#atom()));
    }
    return { kind: "all", parts };
  }

  #repeated(part: Node): Node {
    const bounds = this.#bounds();
    if (!bounds) return part;
    // Whether it prefers few or many decides only where a match ends.
    this.#take("?");
    return { kind: "repeat", part, ...bounds };
  }

  #bounds(): { min: number; max: number } | null {
    if (this.#take("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.#take("?")) return { min: 0, max: 1 };
    if (!this.#take("{")) return null;
    const [min = "", max = min] = this.#upTo("}").split(",");
    return { min: Number(min), max: max === "" ? Number.POSITIVE_INFINITY : Number(max) };
  }

  #atom(): Node {
    const first = this.#next();
    if (first === "(") return this.#group();
    if (first === "[") return single(`[${this.#class()}]`);
    if (first === "\\") return this.#escape();
    if (first === "^" || first === "$") return { kind: "assert", of: first };
    if (first === ".") return single(".");
    return { kind: "char", test: (character) => character === first };
  }

  #group(): Node {
    if (this.#take("?") && !this.#take(":")) {
      if (!this.#take("<") || this.#peek() === "=" || this.#peek() === "!") {
        throw new PatternError("Look-around and flags within a pattern can't be used: Shopify does not know them.");
      }
      this.#upTo(">");
    }
    const inner = this.parse();
    this.#take(")");
    return inner;
  }

  #class(): string {
    let text = "";
    for (let next = this.#next(); next !== "]"; next = this.#next()) text += next === "\\" ? `\\${this.#next()}` : next;
    return text;
  }

  #escape(): Node {
    const letter = this.#next();
    if (letter === "b" || letter === "B") return { kind: "assert", of: letter === "b" ? "\\b" : "\\B" };
    if (/[1-9k]/.test(letter)) throw new PatternError("Back-references can't be used: Shopify does not know them.");
    if (letter === "p" || letter === "P") return single(`\\${letter}${this.#next()}${this.#upTo("}")}}`);
    if (letter === "x") return single(`\\x${this.#next()}${this.#next()}`);
    if (letter === "c") return single(`\\c${this.#next()}`);
    if (letter !== "u") return single(`\\${letter}`);
    if (this.#take("{")) return single(`\\u{${this.#upTo("}")}}`);
    return single(`\\u${this.#next()}${this.#next()}${this.#next()}${this.#next()}`);
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #next(): string {
    const next = this.#characters[this.#at++];
    if (next === undefined) throw new PatternError("This is no pattern: it ends too early.");
    return next;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #upTo(end: string): string {
    let text = "";
    for (let next = this.#next(); next !== end; next = this.#next()) text += next;
    return text;
  }
}

/** One character by the engine's own rules: there is nothing in it to go back over. */
function single(source: string): Node {
  const one = new RegExp(`^${source}$`, "u");
  return { kind: "char", test: (character) => one.test(character) };
}

function write(node: Node, program: Step[]) {
  if (program.length > LONGEST_PROGRAM) throw new PatternError("This pattern is too long when written out.");
  switch (node.kind) {
    case "char":
      program.push({ op: "char", test: node.test });
      return;
    case "assert":
      program.push({ op: "assert", of: node.of });
      return;
    case "all":
      for (const part of node.parts) write(part, program);
      return;
    case "either":
      writeEither(node.parts, program);
      return;
    case "repeat":
      writeRepeat(node, program);
      return;
    default:
      node satisfies never;
  }
}

function writeEither(parts: Node[], program: Step[]) {
  const starts: number[] = [];
  program.push({ op: "fork", to: starts });
  const ends: number[][] = [];
  for (const part of parts) {
    starts.push(program.length);
    write(part, program);
    const end: number[] = [];
    ends.push(end);
    program.push({ op: "fork", to: end });
  }
  for (const end of ends) end.push(program.length);
}

function writeRepeat({ part, min, max }: Extract<Node, { kind: "repeat" }>, program: Step[]) {
  if (min > LONGEST_PROGRAM) throw new PatternError("This pattern is too long when written out.");
  for (let n = 0; n < min; n++) write(part, program);
  if (max === Number.POSITIVE_INFINITY) {
    const start = program.length;
    const to = [start + 1];
    program.push({ op: "fork", to });
    write(part, program);
    program.push({ op: "fork", to: [start] });
    to.push(program.length);
    return;
  }
  const skips: number[][] = [];
  for (let n = min; n < max; n++) {
    const to = [program.length + 1];
    skips.push(to);
    program.push({ op: "fork", to });
    write(part, program);
  }
  for (const to of skips) to.push(program.length);
}

function matches(program: Step[], text: string[]): boolean {
  let now = new Set<number>();
  for (let at = 0; at <= text.length; at++) {
    // A match may begin anywhere.
    if (reach(program, now, 0, text, at)) return true;
    const next = new Set<number>();
    const character = text[at];
    if (character === undefined) return false;
    for (const place of now) {
      const step = program[place];
      if (step?.op === "char" && step.test(character) && reach(program, next, place + 1, text, at + 1)) return true;
    }
    now = next;
  }
  return false;
}

/** Adds every place that can be reached from one without reading on. True: the end is among them. */
function reach(program: Step[], places: Set<number>, from: number, text: string[], at: number): boolean {
  const open = [from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const step = program[place];
    if (places.has(place) || !step) continue;
    places.add(place);
    if (step.op === "match") return true;
    if (step.op === "fork") open.push(...step.to);
    if (step.op === "assert" && holds(step.of, text, at)) open.push(place + 1);
  }
  return false;
}

function holds(assertion: Assertion, text: string[], at: number): boolean {
  if (assertion === "^") return at === 0;
  if (assertion === "$") return at === text.length;
  const isBoundary = isWord(text[at - 1]) !== isWord(text[at]);
  return assertion === "\\b" ? isBoundary : !isBoundary;
}

function isWord(character: string | undefined) {
  return character !== undefined && /^\w$/.test(character);
}
