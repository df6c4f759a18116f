import { execFile } from "node:child_process";
import { InputError } from "../input-error.ts";

/** What the Azure CLI said to one command. */
export type AzAnswer =
  | { readonly kind: "answer"; readonly text: string }
  /** What was asked about does not exist. */
  | { readonly kind: "notFound" }
  | { readonly kind: "failed"; readonly because: string };

/** A whole subscription's policy definitions have about 20 MB. */
const answerMaxBytes = 256 * 2 ** 20;

/** ARM's codes for something that is not there. */
const notFoundCodes =
  /\b(ResourceGroupNotFound|ResourceNotFound|SubscriptionNotFound|Request_ResourceNotFound|NotFound)\b/;

/** Runs `az` with these arguments. Throws an `InputError` if there is no `az`. */
export function runAz(args: readonly string[]): Promise<AzAnswer> {
  return new Promise((resolve, reject) => {
    execFile("az", [...args], { maxBuffer: answerMaxBytes, env: process.env }, (error, stdout, stderr) => {
      if (error === null) return resolve({ kind: "answer", text: stdout });
      if (error.code === "ENOENT") {
        const message =
          "the Azure CLI (az) is not on the PATH; install it (https://learn.microsoft.com/cli/azure/install-azure-cli), or run w365 capture without --run for commands to run elsewhere";
        return reject(new InputError(message));
      }
      if (notFoundCodes.test(stderr)) return resolve({ kind: "notFound" });
      resolve({ kind: "failed", because: firstLine(stderr) || error.message });
    });
  });
}

function firstLine(text: string): string {
  return (text.split("\n").find((line) => line.trim() !== "") ?? "").replace(/^ERROR:\s*/, "").trim();
}
