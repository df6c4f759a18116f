import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUnknown } from "../../../model/read.ts";
import { evaluateCondition } from "../../../policy-packs/azure-policy/evaluate-condition.ts";
import { jsonValue } from "../../../policy-packs/azure-policy/json-value.ts";
import { policyContext } from "../../../policy-packs/azure-policy/policy-scope.ts";
import { type PolicyTarget, targetOf } from "../../../policy-packs/azure-policy/policy-target.ts";
import type { ArmObject, ArmValue } from "../../../readers/arm/arm-value.ts";

const group = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-net";

/** A resource in the form in which the REST API has it. */
function target(type: string, name: string, body: object): PolicyTarget {
  const value = jsonValue(body);
  if (value.kind !== "object") throw new Error("no object");
  const id = `${group}/providers/${type}/${name}`;
  return targetOf({ type, name, id, body: value, place: value.place });
}

const network = target("Microsoft.Network/virtualNetworks", "vnet-cpc", {
  location: "westeurope",
  tags: { CostCentre: "4711", "it's": "x" },
  properties: {
    dhcpOptions: { dnsServers: ["10.0.0.4", "10.0.0.5"] },
    subnets: [
      {
        name: "default",
        properties: { addressPrefix: "10.1.0.0/24", serviceEndpoints: [{ service: "Microsoft.Storage" }] },
      },
      {
        name: "cpc",
        properties: { addressPrefix: "10.1.1.0/24", networkSecurityGroup: { id: "/nsg" }, serviceEndpoints: [] },
      },
    ],
  },
});
/** The same as Pulumi registers it: without `properties`. */
const flattened = target("Microsoft.Network/virtualNetworks", "vnet-cpc", {
  location: "westeurope",
  tags: { CostCentre: "4711" },
  subnets: [{ name: "default", addressPrefix: "10.1.0.0/24" }],
});

const alias = (path: string) => `Microsoft.Network/virtualNetworks/${path}`;
const answer = (condition: object, of = network, parameters: Readonly<Record<string, unknown>> = {}) =>
  evaluateCondition(
    jsonValue(condition),
    policyContext(of, (name) => (name in parameters ? jsonValue(parameters[name]) : undefined)),
  );

describe("a condition on a field", () => {
  test.each([
    { field: "type", equals: "microsoft.network/virtualnetworks", holds: true },
    { field: "name", equals: "vnet-cpc", holds: true },
    { field: "location", equals: "WestEurope", holds: true },
    { field: "kind", equals: "x", holds: false },
    { field: "tags.costcentre", equals: "4711", holds: true },
    { field: "tags['CostCentre']", equals: "4711", holds: true },
    { field: "tags[CostCentre]", equals: "4711", holds: true },
    { field: "tags['it''s']", equals: "x", holds: true },
    { field: "tags['owner']", equals: "x", holds: false },
    { field: alias("dhcpOptions.dnsServers[*]"), equals: "10.0.0.4", holds: false },
    { field: alias("subnets[*].name"), equals: "cpc", holds: false },
    { field: alias("missing[*].name"), equals: "x", holds: true },
    { field: "Microsoft.Network/networkInterfaces/enableIPForwarding", equals: "true", holds: false },
    { field: alias("subnets/addressPrefix"), equals: "10.1.0.0/24", holds: false },
  ])("$field equals $equals: $holds", ({ field, equals, holds }) => {
    expect(answer({ field, equals })).toBe(holds);
  });

  test("holds of a collection when it holds of every member, in ARM's form and in Pulumi's", () => {
    const condition = { field: alias("subnets[*].addressPrefix"), like: "10.1.*" };
    expect([answer(condition), answer(condition, flattened)]).toEqual([true, true]);
  });

  test("may name its field by a parameter", () => {
    const condition = { field: "[concat('tags[', parameters('tagName'), ']')]", exists: "false" };
    expect(answer(condition, network, { tagName: "owner" })).toBe(true);
    expect(answer(condition, network, { tagName: "CostCentre" })).toBe(false);
  });

  test("is not known where the resource does not tell, and says which field that is", () => {
    const of = target("Microsoft.Network/virtualNetworks", "v", {});
    const location: ArmValue = {
      kind: "unknown",
      symbol: "{x}",
      reason: 'parameter "x" has no default',
      place: of.body.place,
    };
    expect(answer({ field: "location", in: ["westeurope"] }, { ...of, location })).toEqual({
      unknown: 'location: parameter "x" has no default',
    });
  });
});

describe("a condition on a value", () => {
  test.each([
    { value: "[resourceGroup().name]", like: "rg-*", holds: true },
    { value: "[subscription().subscriptionId]", like: "2222*", holds: true },
    { value: "[length(field('tags'))]", equals: 2, holds: true },
    { value: "[field('tags.owner')]", equals: "", holds: true },
    { value: "[if(equals(field('location'), 'westeurope'), 'yes', 'no')]", equals: "yes", holds: true },
    {
      value:
        "[ipRangeContains('10.1.0.0/16', first(field('Microsoft.Network/virtualNetworks/subnets[*].addressPrefix')))]",
      equals: "true",
      holds: true,
    },
    { value: "[ipRangeContains('10.2.0.0/16', '10.1.0.4')]", equals: "false", holds: true },
  ])("$value", ({ holds, ...condition }) => {
    expect(answer(condition)).toBe(holds);
  });

  test.each([
    { value: "[resourceGroup().tags['owner']]", says: /resourceGroup\(\) is known only when the template is deployed/ },
    { value: "[requestContext().apiVersion]", says: /which API version asks is not known/ },
    { value: "[substring(field('name'), 0, 90)]", says: /substring/ },
    { value: "[somethingNew(1)]", says: /"somethingNew" is not evaluated/ },
  ])("is not known for $value", ({ value, says }) => {
    expect(answer({ value, equals: "x" })).toEqual({ unknown: expect.stringMatching(says) });
  });
});

describe("a count", () => {
  const subnets = (where?: object) => ({ field: alias("subnets[*]"), ...(where && { where }) });
  const withoutGroup = { field: alias("subnets[*].networkSecurityGroup.id"), exists: "false" };

  test.each([
    { case: "of every member", count: subnets(), equals: 2 },
    { case: "of the members that lack something", count: subnets(withoutGroup), equals: 1 },
    { case: "of a missing array", count: { field: alias("virtualNetworkPeerings[*]") }, equals: 0 },
    { case: "of an array inside of another", count: { field: alias("subnets[*].serviceEndpoints[*]") }, equals: 1 },
    {
      case: "of an array inside of another, each looked at with its own parent",
      count: {
        field: alias("subnets[*].serviceEndpoints[*]"),
        where: {
          allOf: [
            { field: alias("subnets[*].name"), equals: "default" },
            { field: alias("subnets[*].serviceEndpoints[*].service"), equals: "Microsoft.Storage" },
          ],
        },
      },
      equals: 1,
    },
    {
      case: "inside of a count",
      count: subnets({ count: { field: alias("subnets[*].serviceEndpoints[*]") }, equals: 0 }),
      equals: 1,
    },
    {
      case: "of values",
      count: {
        value: ["10.0.0.4", "10.9.9.9"],
        name: "server",
        where: {
          value: "[current('server')]",
          in: "[field('Microsoft.Network/virtualNetworks/dhcpOptions.dnsServers[*]')]",
        },
      },
      equals: 1,
    },
  ])("$case", ({ count, equals }) => {
    expect(answer({ count, equals })).toBe(true);
    expect(answer({ count, greater: equals })).toBe(false);
  });

  test("of something that is not known is answered where every number gives one answer", () => {
    const where = { value: "[requestContext().apiVersion]", equals: "x" };
    expect(answer({ count: subnets(where), lessOrEquals: 2 })).toBe(true);
    expect(answer({ count: subnets(where), greater: 2 })).toBe(false);
    expect(answer({ count: subnets(where), equals: 2 })).toEqual({ unknown: expect.stringMatching(/API version/) });
  });
});

test.each([
  { condition: { field: "type" }, says: 'a condition with "field" is not one condition' },
  {
    condition: { field: "type", equals: "a", like: "b" },
    says: 'a condition with "field", "equals", "like" is not one condition',
  },
  { condition: { field: "type", resembles: "a" }, says: 'type: the operator "resembles" is not evaluated' },
  { condition: { equals: "a" }, says: 'a condition with "equals" asks of no field, value or count' },
  { condition: { allOf: "a" }, says: "allOf and anyOf need an array of conditions" },
])("what is no condition is not known: $says", ({ condition, says }) => {
  expect(answer(condition)).toEqual({ unknown: says });
});

describe("hiding a part of a resource", () => {
  const text = fc.constantFrom("a", "b", "c");
  const item = fc.record({ name: text, flag: fc.boolean() });
  const properties = fc.record({ color: text, size: fc.nat({ max: 3 }), items: fc.array(item, { maxLength: 3 }) });
  const of = (path: string) => `Microsoft.Test/things/${path}`;
  const leaf = fc.oneof(
    fc.record({ field: fc.constantFrom(of("color"), of("items[*].name"), of("none")), equals: text }),
    fc.record({ field: fc.constantFrom(of("color"), of("items[*].name")), in: fc.array(text, { maxLength: 2 }) }),
    fc.record({ field: fc.constantFrom(of("color"), of("items"), of("none")), exists: fc.boolean() }),
    fc.record({ field: fc.constant(of("size")), less: fc.nat({ max: 4 }) }),
    fc.record({
      count: fc.record({
        field: fc.constant(of("items[*]")),
        where: fc.record({ field: fc.constant(of("items[*].flag")), equals: fc.boolean() }),
      }),
      greaterOrEquals: fc.nat({ max: 3 }),
    }),
  );
  const { condition } = fc.letrec<{ condition: object }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      leaf,
      tie("condition").map((not) => ({ not })),
      fc.array(tie("condition"), { maxLength: 3 }).map((allOf) => ({ allOf })),
      fc.array(tie("condition"), { maxLength: 3 }).map((anyOf) => ({ anyOf })),
    ),
  }));
  const hidden = fc.array(fc.constantFrom("color", "size", "items", "name", "flag"), { maxLength: 3 });

  test("never changes an answer that is still given", () => {
    fc.assert(
      fc.property(condition, properties, hidden, (asked, shown, names) => {
        const whole = target("Microsoft.Test/things", "t", { properties: shown });
        const less = { ...whole, body: hide(whole.body, new Set(names)) };
        const [full, partial] = [answer(asked, whole), answer(asked, less)];
        expect(isUnknown(full)).toBe(false);
        if (!isUnknown(partial)) expect(partial).toBe(full);
      }),
      { numRuns: 500 },
    );
  });
});

/** Makes every member of one of these names unknown. */
function hide(object: ArmObject, names: ReadonlySet<string>): ArmObject {
  const inner = (value: ArmValue): ArmValue => {
    if (value.kind === "object") return hide(value, names);
    return value.kind === "array" ? { ...value, items: value.items.map(inner) } : value;
  };
  const members = [...object.members].map(([name, value]): [string, ArmValue] => [
    name,
    names.has(name) ? { kind: "unknown", symbol: `{${name}}`, reason: "hidden", place: value.place } : inner(value),
  ]);
  return { ...object, members: new Map(members) };
}
