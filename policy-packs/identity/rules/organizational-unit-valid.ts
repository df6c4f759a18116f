import { isUnknown } from "../../../model/read.ts";
import type { Observation, Rule } from "../../rule.ts";
import { domainOf, parseContainerName } from "../distinguished-name.ts";
import { eachNamedDomain, type JoinedDomain } from "../hybrid-subnets.ts";

const errorTypes = ["adJoinCheckOrganizationalUnitIncorrectFormat"];

/** Whether the organizational unit exists is known only to Active Directory, but how it is written can be read. */
export const organizationalUnitValid: Rule = {
  name: "organizational-unit-valid",
  pack: "identity",
  description: "The organizational unit of the Cloud PCs is a distinguished name in the domain that they join.",
  severity: "high",
  errorTypes,
  url: "https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection",
  remediation:
    'Give organizationalUnit as a distinguished name, such as "OU=Cloud PCs,DC=corp,DC=contoso,DC=com", or leave it out for the default container.',
  judge: (design) => eachNamedDomain(design, errorTypes, observe),
};

function observe({ name, organizationalUnit, subject, source }: JoinedDomain): readonly Observation[] {
  // Graph takes an empty text for the domain's default container.
  if (organizationalUnit === undefined || organizationalUnit === "") return [];
  const base = { about: "organizationalUnit", blamed: subject } as const;
  if (isUnknown(organizationalUnit)) {
    const message = `how the organizational unit is written is not known: ${organizationalUnit.unknown}`;
    return [{ ...base, outcome: "undecided", message, errorTypes }];
  }
  const parsed = parseContainerName(organizationalUnit);
  const written = `organizational unit "${organizationalUnit}"`;
  const remedy = `set organizationalUnit of ${source} to a distinguished name that ends in "${dcOf(name)}"`;
  if (!parsed.ok) {
    const message = `${written} is no distinguished name: ${parsed.message}`;
    return [{ ...base, outcome: "fail", message, errorTypes, remedy }];
  }
  const home = domainOf(parsed.value);
  if (home.toLowerCase() === name.toLowerCase()) return [];
  const message = `${written} is in domain "${home}", but Cloud PCs join "${name}", where it cannot be found`;
  return [{ ...base, outcome: "fail", message, remedy }];
}

/** `DC=corp,DC=example,DC=com` */
function dcOf(domain: string): string {
  return domain
    .split(".")
    .map((label) => `DC=${label}`)
    .join(",");
}
