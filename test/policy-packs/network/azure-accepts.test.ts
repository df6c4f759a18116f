import { describe, expect, test } from "vitest";
import { azureAccepts } from "../../../policy-packs/network/rules/azure-accepts.ts";
import { runRules } from "../../../policy-packs/run-rules.ts";
import { idOf } from "../../model/support/build.ts";
import { design, findingsOf } from "../design.ts";

const id = idOf("virtualNetworks", "spoke");
const message = 'addressPrefix "10.1.0.1/16" has host bits set; did you mean "10.1.0.0/16"?';

describe("azure-accepts", () => {
  test("fails what the reader found that Azure would refuse, with its place", () => {
    const place = { file: "network.json", line: 12 };
    const { findings } = runRules([azureAccepts], design({ more: { problems: [{ id, message, place }] } }));
    expect(findings).toMatchObject([
      { outcome: "fail", message: `Azure would refuse "spoke": ${message}`, place, subject: { name: "spoke", id } },
    ]);
  });

  test("lists each problem of one resource", () => {
    const problems = [
      { id, message },
      { id: id.toUpperCase(), message: "a subnet lies outside" },
    ];
    expect(findingsOf(azureAccepts, { more: { problems } })).toHaveLength(2);
  });

  test("passes an input without problems, once for each Cloud PC subnet", () => {
    expect(azureAccepts.judge(design())).toMatchObject([{ subject: { name: "spoke/cpc" }, observations: [] }]);
  });
});
