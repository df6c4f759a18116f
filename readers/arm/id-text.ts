/** Splits an id, type or name at its slashes; text in braces stands for an unknown value and is not split. */
export function splitSegments(text: string): string[] {
  const segments = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "{") depth++;
    else if (character === "}") depth = Math.max(0, depth - 1);
    if (character === "/" && depth === 0) segments.push("");
    else segments[segments.length - 1] += character;
  }
  return segments;
}

/**
 * The id of a resource: `scope` is the id of what it is deployed to (empty for a tenant), type and name have their
 * slashes (`Microsoft.Network/virtualNetworks/subnets`, `vnet-hub/snet-a`). Undefined where they do not fit together.
 */
export function composeId(scope: string, type: string, name: string): string | undefined {
  const [namespace, ...types] = splitSegments(type);
  const names = splitSegments(name);
  if (namespace === undefined || types.length === 0 || types.length !== names.length) return undefined;
  const pairs = types.map((segment, index) => `/${segment}/${names[index] ?? ""}`).join("");
  if (/^microsoft\.resources$/i.test(namespace) && /^resourceGroups$/i.test(type.slice(namespace.length + 1))) {
    return `${scope}/resourceGroups/${name}`;
  }
  return `${scope}/providers/${namespace}${pairs}`;
}

/** Type and name of the resource that an id names, as in `Microsoft.Network/virtualNetworks/subnets` and `vnet/subnet`. */
export function typeAndName(id: string): { readonly type: string; readonly name: string } | undefined {
  const segments = splitSegments(id.replace(/\/+$/, ""));
  const at = segments.findLastIndex((segment) => segment.toLowerCase() === "providers");
  if (at < 0) {
    const group = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)$/i.exec(id);
    return group?.[1] === undefined ? undefined : { type: "Microsoft.Resources/resourceGroups", name: group[1] };
  }
  const [namespace, ...pairs] = segments.slice(at + 1);
  if (namespace === undefined || pairs.length < 2 || pairs.length % 2 !== 0) return undefined;
  const types = pairs.filter((_, index) => index % 2 === 0);
  const names = pairs.filter((_, index) => index % 2 === 1);
  return { type: [namespace, ...types].join("/"), name: names.join("/") };
}

/** The id of the scope that an extension resource (role assignment, lock, policy assignment) applies to. */
export function scopeOfExtension(id: string): string {
  return id.slice(0, id.toLowerCase().lastIndexOf("/providers/"));
}
