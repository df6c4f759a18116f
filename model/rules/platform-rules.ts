import type { RuleAddress } from "../estate/resource.ts";
import type { NetworkSecurityGroup } from "../estate/security-group.ts";
import { firstMatch } from "../first-match.ts";
import type { HeaderSpace } from "../header-space.ts";
import { isUnknown, type Read } from "../read.ts";
import type { Network } from "../topology/network.ts";
import { ruleLines } from "./rule-lines.ts";
import { decisionOf, type RuleDecision, type RuleQuestion } from "./security-rules.ts";
import { tagScopesOf } from "./tag-scope.ts";

/** The service tags that make security rules apply to the platform's own addresses. */
const platformTags = ["azureplatformdns", "azureplatformimds", "azureplatformlkm"];

/**
 * What a group says of flows to 168.63.129.16 and 169.254.169.254: only rules that name an `AzurePlatform…` tag apply,
 * everything else is allowed (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#azure-platform-considerations,
 * read 2026-11-20).
 */
export function evaluatePlatformRules(
  network: Network,
  group: NetworkSecurityGroup,
  question: RuleQuestion,
  space: HeaderSpace,
): readonly RuleDecision[] {
  const naming = group.securityRules.filter(
    (rule) => isUnknown(rule) || rule.destinationAddressPrefixes.some(namesPlatform) || isUnknown(rule.direction),
  );
  const [scope] = tagScopesOf(network, question.place);
  const reading = { reference: network.reference, memberOf: question.destinationTags, ...(scope ? { scope } : {}) };
  const lines = ruleLines(network, naming, question.direction, { source: reading, destination: reading });
  const named = lines.filter((line) => line.value.rule === undefined || naming.includes(line.value.rule));
  return firstMatch(named, space).map((match): RuleDecision => {
    if (match.line !== undefined || match.maybe.some((line) => line.value.access !== "Allow")) return decisionOf(match);
    const because = "network security groups do not apply to the platform's addresses";
    return { space: match.space, access: "Allow", because, basis: "geometry" };
  });
}

function namesPlatform(address: Read<RuleAddress>): boolean {
  return isUnknown(address) || (address.kind === "serviceTag" && platformTags.includes(address.name.toLowerCase()));
}
