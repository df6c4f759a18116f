import { describe, expect, test } from "vitest";
import { parseEnvironment } from "../../config/parse-environment.ts";
import { environment, hybridEnvironment } from "./input.ts";

const keys = [{ name: "windows365-network:sharedKeyBerlin", secret: true }];
const account = { username: "join@corp.example.com", passwordSecret: "domainJoin" };
const policy = { name: "Staff", pools: ["weu/staff"], imageId: "image" };

function parse(value: object, more: readonly { name: string; secret: boolean }[] = [], accountSecretRequired = true) {
  const parsed = parseEnvironment(JSON.parse(JSON.stringify(value)), {
    stackName: "test",
    configKeys: [...keys, ...more],
    secretsRequired: true,
    accountSecretRequired,
  });
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("what is made in Windows 365", () => {
  test("is nothing unless it is asked for", () => {
    const parsed = parseEnvironment(environment(), { stackName: "test", configKeys: [], secretsRequired: true });
    expect(parsed.ok && parsed.environment.windows365).toBe(undefined);
  });

  test("has defaults that wait for health, waive nothing and give nobody a Cloud PC", () => {
    const value = environment({ windows365: { connections: {}, provisioningPolicies: [policy] } });
    const parsed = parseEnvironment(value, { stackName: "test", configKeys: [], secretsRequired: true });
    expect(parsed.ok && parsed.environment.windows365).toEqual({
      connections: { waitForHealth: true, timeoutMinutes: 45, waivers: [] },
      provisioningPolicies: [{ ...policy, imageType: "gallery", enableSingleSignOn: true, groupIds: [] }],
      userSettings: [],
    });
  });

  test("can change without another digest, because the network does not", () => {
    const digest = (value: object) => {
      const parsed = parseEnvironment(value, { stackName: "test", configKeys: [], secretsRequired: true });
      return parsed.ok && parsed.digest;
    };
    expect(digest(environment({ windows365: { connections: {} } }))).toBe(digest(environment()));
    expect(digest(environment({ tags: { a: "b" } }))).not.toBe(digest(environment()));
  });

  test.each([
    {
      case: "a hybrid join without an account",
      value: hybridEnvironment({ windows365: { connections: {} } }),
      problems: [
        'windows365.connections.domainJoinAccount: it is missing; pool "weu/staff" joins Active Directory, and its connection needs an account that may join computers',
      ],
    },
    {
      case: "an account where nothing joins a domain",
      value: environment({ windows365: { connections: { domainJoinAccount: account } } }),
      keys: [{ name: "windows365-network:domainJoin", secret: true }],
      problems: [
        "windows365.connections.domainJoinAccount: no pool joins Active Directory, so there is nothing that it could join; remove it",
      ],
    },
    {
      case: "a password that is not set",
      value: hybridEnvironment({ windows365: { connections: { domainJoinAccount: account } } }),
      problems: [
        'windows365.connections.domainJoinAccount.passwordSecret: secret "domainJoin" is not set; set it with "pulumi config set --secret domainJoin"',
      ],
    },
    {
      case: "a password in clear",
      value: hybridEnvironment({ windows365: { connections: { domainJoinAccount: account } } }),
      keys: [{ name: "windows365-network:domainJoin", secret: false }],
      problems: [
        'windows365.connections.domainJoinAccount.passwordSecret: secret "domainJoin" is set in clear; change the password and set it with "pulumi config set --secret domainJoin"',
      ],
    },
    {
      case: "policies that name no pool, one twice, no connections, and one name twice",
      value: environment({
        windows365: {
          provisioningPolicies: [
            { ...policy, pools: ["weu/stuff"] },
            { ...policy, pools: ["weu/staff", "weu/staff"] },
          ],
        },
      }),
      problems: [
        'windows365.provisioningPolicies.0: policy "Staff" needs connections, and none are made; set windows365.connections: {}',
        'windows365.provisioningPolicies.0.pools.0: pool "weu/stuff" is not in the environment; did you mean "weu/staff"?',
        'windows365.provisioningPolicies.1: policy "Staff" needs connections, and none are made; set windows365.connections: {}',
        'windows365.provisioningPolicies.1.name: name "Staff" is used twice; each needs one of its own',
        'windows365.provisioningPolicies.1.pools.1: pool "weu/staff" is named twice; remove one',
      ],
    },
  ])("$case: every problem is told", ({ value, problems, keys: more = [] }) => {
    expect(parse(value, more)).toEqual(problems);
  });

  test("needs no password in a stack that makes no connection", () => {
    const value = hybridEnvironment({ windows365: { connections: { domainJoinAccount: account } } });
    expect(parse(value, [], false)).toEqual([]);
  });
});
