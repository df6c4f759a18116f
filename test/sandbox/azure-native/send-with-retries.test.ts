import { describe, expect, test } from "vitest";
import type { ArmAnswer } from "../../../sandbox/azure/arm-answer.ts";
import { sendWithRetries } from "../../../sandbox/azure-native/send-with-retries.ts";

const success: ArmAnswer = { ok: true, status: 200, resource: undefined };
const failure = (status: number, code = "Some", created = false): ArmAnswer => ({
  ok: false,
  error: { status, code, message: "" },
  created,
});

/** Sends the answers one after another, and says how often it sent and how long it would have waited. */
async function send(answers: readonly ArmAnswer[], abandonedAfter = Number.POSITIVE_INFINITY) {
  let sent = 0;
  const waits: number[] = [];
  const answer = await sendWithRetries(
    async () => answers[sent++] ?? success,
    (seconds) => {
      waits.push(seconds);
      return 0;
    },
    () => sent >= abandonedAfter,
  );
  return { ok: answer.ok, sent, waits };
}

describe("retries as azure-native makes them", () => {
  test.each([
    { because: "408 is transient", answers: [failure(408)], sent: 2 },
    { because: "429 is transient", answers: [failure(429)], sent: 2 },
    { because: "500 is transient", answers: [failure(500)], sent: 2 },
    { because: "503 is transient", answers: [failure(503)], sent: 2 },
    { because: "another operation ends some time", answers: [failure(409, "AnotherOperationInProgress")], sent: 2 },
    { because: "any other conflict stays one", answers: [failure(409, "InUseSubnetCannotBeDeleted")], sent: 1 },
    { because: "a bad request stays bad", answers: [failure(400)], sent: 1 },
    { because: "501 is no accident", answers: [failure(501)], sent: 1 },
    { because: "a resource that exists is not written again", answers: [failure(500, "Some", true)], sent: 1 },
  ])("a request is sent $sent times because $because", async ({ answers, sent }) => {
    expect((await send(answers)).sent).toBe(sent);
  });

  test("three times, after 20, 60 and 120 seconds, then the error stands", async () => {
    const down = failure(503);
    expect(await send([down, down, down])).toEqual({ ok: true, sent: 4, waits: [20, 60, 120] });
    expect(await send([down, down, down, down])).toEqual({ ok: false, sent: 4, waits: [20, 60, 120] });
  });

  test("a provider whose engine was killed sends nothing more", async () => {
    expect(await send([failure(503)], 1)).toEqual({ ok: false, sent: 1, waits: [] });
  });
});
