import { describe, expect, test } from "vitest";
import { readData } from "./read.ts";

const id =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v";
const resource = { id, name: "v", properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } } };

describe("an answer of Azure", () => {
  test.each([
    { case: "REST", data: { value: [resource], nextLink: "https://example.org/2" }, sign: 'it has "nextLink"' },
    { case: "Graph", data: { value: [resource], "@odata.nextLink": "x" }, sign: 'it has "@odata.nextLink"' },
    { case: "Resource Graph", data: { data: [resource], $skipToken: "x" }, sign: 'it has "$skipToken"' },
    { case: "its CLI", data: { data: [resource], skip_token: null, skipToken: "x" }, sign: 'it has "skipToken"' },
    { case: "truncated", data: { data: [resource], resultTruncated: "true" }, sign: '"resultTruncated" is true' },
    { case: "counted", data: { data: [resource], count: 1, totalRecords: 50 }, sign: "it has 1 of 50 records" },
  ])("that goes on elsewhere is told as an assumption: $case", ({ data, sign }) => {
    expect(readData(data).assumptions).toEqual([
      `input.json is only a part of an answer (${sign}): the rest is taken to hold nothing that matters`,
    ]);
  });

  test.each([
    { case: "REST", data: { value: [resource], nextLink: null } },
    { case: "Resource Graph", data: { data: [resource], count: 1, totalRecords: 1, resultTruncated: "false" } },
  ])("that is whole rests on nothing: $case", ({ data }) => {
    expect(readData(data).assumptions).toEqual([]);
  });

  test("a resource whose properties were left out is not known, and that is told", () => {
    const { estate, assumptions } = readData({ value: [{ ...resource, properties: null }] });
    expect(estate.virtualNetworks[0]?.addressSpace).toEqual([
      expect.objectContaining({ unknown: expect.stringContaining('its "properties" are null in the input') }),
    ]);
    expect(assumptions).toEqual([
      'the properties of Microsoft.Network/virtualNetworks "v" are null in the input: nothing in them is known',
    ]);
  });
});
