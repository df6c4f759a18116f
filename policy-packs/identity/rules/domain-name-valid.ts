import type { Observation, Rule } from "../../rule.ts";
import { eachNamedDomain, type JoinedDomain } from "../hybrid-subnets.ts";

const errorTypes = ["dnsCheckNameWithInvalidCharacter"];

/** A name that DNS cannot hold is refused before it is looked up. */
export const domainNameValid: Rule = {
  name: "domain-name-valid",
  pack: "identity",
  description: "The name of the domain that Cloud PCs join is a full DNS name.",
  severity: "high",
  errorTypes,
  url: "https://learn.microsoft.com/graph/api/resources/cloudpconpremisesconnection",
  remediation: 'Give adDomainName as the full DNS name of one domain, such as "corp.contoso.com".',
  judge: (design) => eachNamedDomain(design, errorTypes, observe),
};

function observe({ name, subject, source }: JoinedDomain): readonly Observation[] {
  const base = {
    outcome: "fail",
    about: name,
    blamed: subject,
    remedy: `set adDomainName of ${source} to the full DNS name of the domain`,
  } as const;
  const [invalid] = /[^a-z0-9.-]/iu.exec(name) ?? [];
  if (invalid === "_") {
    const message = `whether Windows 365 takes domain "${name}" is not known: DNS servers of Windows allow "_", the rules for host names do not`;
    return [{ ...base, outcome: "undecided", message, errorTypes }];
  }
  if (invalid !== undefined) {
    const message = `domain "${name}" has "${invalid}", which no DNS name has; give its DNS name, such as "corp.contoso.com"`;
    return [{ ...base, message, errorTypes }];
  }
  const because = whyNoDnsName(name);
  return because === undefined ? [] : [{ ...base, message: `domain "${name}" is no full DNS name: ${because}` }];
}

/** A name of allowed characters can have the wrong shape: RFC 1123, section 2.1; Graph takes at most 255 characters. */
function whyNoDnsName(name: string): string | undefined {
  const labels = name.split(".");
  if (name.length > 255) return `it has ${name.length} characters, and 255 are the most`;
  if (labels.length < 2) return 'it has no dot; give it whole, such as "corp.contoso.com"';
  const label = labels.find((each) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(each));
  if (label === undefined) return undefined;
  return label === ""
    ? "a part of it is empty"
    : `"${label}" begins or ends with a hyphen, or has more than 63 characters`;
}
