/** What a command sees of the outside world; tests hand in their own. */
export interface CommandIo {
  /** The report: standard output. */
  readonly report: (text: string) => void;
  /** Everything else: standard error. */
  readonly note: (text: string) => void;
  /** Whether a report may have colours. @default false */
  readonly colour?: boolean;
  /** Whether a fault of the program is told with its stack trace. @default false */
  readonly debug?: boolean;
  /** Today, as an ISO date. */
  readonly today: () => string;
  /** The text at a URL. Rejects with a message that says why it could not be had. */
  readonly fetchText: (url: string) => Promise<string>;
}

/** Exit codes: 0 ready, 1 a finding that fails, 2 bad input or usage, 3 the program itself broke. */
export type ExitCode = 0 | 1 | 2 | 3;

/** The real world. */
export const processIo: CommandIo = {
  report: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  // https://no-color.org: set and not empty.
  colour: process.stdout.isTTY && (process.env.NO_COLOR ?? "") === "",
  debug: (process.env.W365_DEBUG ?? "") !== "",
  today: () => new Date().toISOString().slice(0, 10),
  fetchText: async (url) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    if (!response.ok) throw new Error(`"${url}" answered ${response.status} ${response.statusText}`);
    return await response.text();
  },
};
