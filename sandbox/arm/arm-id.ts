/** An ARM id taken apart. Ids compare without case, so nothing here changes the case that was written. */
export interface ArmId {
  /** Full type, for example "Microsoft.Network/virtualNetworks/subnets". */
  readonly type: string;
  /** Names from the outermost parent to the resource itself. */
  readonly names: readonly string[];
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  /** What comes before the last `/providers/`: the scope of an extension resource, the group of an ordinary one. */
  readonly scope: string;
}

/** Takes an id apart; undefined if it is no ARM id. Subscriptions and resource groups count as resources. */
export function parseArmId(id: string): ArmId | undefined {
  const providers = id.toLowerCase().lastIndexOf("/providers/");
  const scope = providers < 0 ? id : id.slice(0, providers);
  const place = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(id);
  const subscriptionId = place?.[1];
  const resourceGroup = place?.[2];
  const where = {
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
  };
  if (providers < 0) return parseContainer(id, where);
  const [namespace, ...rest] = id.slice(providers + "/providers/".length).split("/");
  if (!namespace || rest.length === 0 || rest.length % 2 !== 0 || rest.includes("")) return undefined;
  const types = rest.filter((_, index) => index % 2 === 0);
  const names = rest.filter((_, index) => index % 2 === 1);
  return { type: [namespace, ...types].join("/"), names, scope, ...where };
}

/** Whether two ids name the same resource. */
export function sameId(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();
}

/** The last name in an id. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The type an id spells, or "" if it is no ARM id. */
export function typeOf(id: string): string {
  return parseArmId(id)?.type ?? "";
}

/** The id of the resource that holds this one: the network of a subnet. Undefined for a resource at the top. */
export function parentId(id: string): string | undefined {
  const parsed = parseArmId(id);
  return parsed && parsed.names.length > 1 ? id.split("/").slice(0, -2).join("/") : undefined;
}

/** The id of the resource group that holds this resource. */
export function resourceGroupId(id: string): string | undefined {
  return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(id)?.[0];
}

/** The subscription in an id, lower case. */
export function subscriptionOf(id: string): string | undefined {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase();
}

/** Whether `id` is `scope` itself or lies below it. */
export function isWithin(scope: string, id: string): boolean {
  const outer = scope.toLowerCase();
  const inner = id.toLowerCase();
  return inner === outer || inner.startsWith(`${outer}/`);
}

function parseContainer(id: string, where: Pick<ArmId, "subscriptionId" | "resourceGroup">): ArmId | undefined {
  if (/^\/subscriptions\/[^/]+$/i.test(id)) {
    return { type: "Microsoft.Resources/subscriptions", names: [where.subscriptionId ?? ""], scope: "", ...where };
  }
  if (/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(id)) {
    return { type: "Microsoft.Resources/resourceGroups", names: [where.resourceGroup ?? ""], scope: "", ...where };
  }
  return undefined;
}
