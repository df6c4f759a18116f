import { describe, expect, test } from "vitest";
import { explain } from "../../model/explain.ts";
import { workedExamples } from "../support/worked-examples.ts";
import { networkFromWire } from "./support/from-wire.ts";

describe.each(workedExamples)("$title ($page)", ({ resources, serviceTags, dnsRecords, questions }) => {
  const network = networkFromWire(resources, {
    ...(serviceTags ? { serviceTags } : {}),
    ...(dnsRecords ? { dnsRecords } : {}),
  });

  test.each(questions)("$from to $to $protocol $port: $because", ({ from, to, protocol, port, expect: wanted }) => {
    const answer = explain(network, { from, to, protocol, ...(port === undefined ? {} : { port }) });
    if (!answer.ok) throw new Error(answer.message);
    const { verdict, disposition, steps, because } = answer.value;
    expect([verdict, because]).toEqual([wanted.verdict, because]);
    if (wanted.disposition !== undefined) expect(disposition).toBe(wanted.disposition);
    if (wanted.nextHop !== undefined)
      expect(steps.find((step) => step.kind === "Route")?.nextHop?.type).toBe(wanted.nextHop);
    if (wanted.rule !== undefined) expect(steps.map((step) => step.rule?.name)).toContain(wanted.rule);
  });
});
