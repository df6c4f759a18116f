import { describe, expect, test } from "vitest";
import { openEstate } from "../../../sandbox/walker/estate.ts";
import { nextHop, walkPacket } from "../../../sandbox/walker/walk-packet.ts";
import { workedExamples } from "../../support/worked-examples.ts";

describe.each(workedExamples)("$title ($page)", ({ resources, serviceTags, dnsRecords, questions }) => {
  const estate = openEstate({
    resources,
    serviceTags: serviceTags ?? {},
    fqdnTags: {},
    dnsRecords: dnsRecords ?? {},
  });

  test.each(questions)("$from to $to $protocol $port: $because", ({ expect: expected, because: _, ...question }) => {
    const answer = walkPacket(estate, question);
    const rule = answer.hops.findLast((hop) => hop.rule !== undefined)?.rule;
    expect({
      verdict: answer.verdict,
      ...(expected.disposition === undefined ? {} : { disposition: answer.disposition }),
      ...(expected.nextHop === undefined ? {} : { nextHop: nextHop(estate, question.from, question.to) }),
      ...(expected.rule === undefined ? {} : { rule }),
      because: answer.because,
    }).toEqual({ ...expected, because: answer.because });
  });
});
