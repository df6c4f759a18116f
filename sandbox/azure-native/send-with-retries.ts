import { setTimeout as sleep } from "node:timers/promises";
import type { ArmAnswer } from "../azure/arm-answer.ts";

/** How long azure-native waits before it tries again. Source: github.com/pulumi/pulumi-azure-native provider/pkg/azure/client_azcore.go (read 2026-11-21). */
const retrySeconds = [20, 60, 120];

/** Answers worth a second try. Same source. */
const transientStatuses = new Set([408, 429, 500, 502, 503, 504]);

/** Sends a request and sends it again as azure-native does, unless whoever asked has gone away: a killed provider retries nothing. */
export async function sendWithRetries(
  send: () => Promise<ArmAnswer>,
  waitMilliseconds: (nominalSeconds: number) => number,
  abandoned: () => boolean,
): Promise<ArmAnswer> {
  let answer = await send();
  for (const seconds of retrySeconds) {
    if (answer.ok || answer.created || !isTransient(answer.error) || abandoned()) return answer;
    await sleep(waitMilliseconds(seconds));
    if (abandoned()) return answer;
    answer = await send();
  }
  return answer;
}

function isTransient({ status, code }: { readonly status: number; readonly code: string }): boolean {
  return transientStatuses.has(status) || (status === 409 && code === "AnotherOperationInProgress");
}
