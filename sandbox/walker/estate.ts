import type { ArmResource } from "./arm-json.ts";
import { nameOf, parentOf, record, reference } from "./arm-json.ts";
import type { Block } from "./ipv4.ts";
import { parseBlocks } from "./ipv4.ts";
import type { NetworkInterface } from "./network-interface.ts";
import { readNetworkInterfaces } from "./network-interface.ts";
import type { VirtualNetwork } from "./virtual-network.ts";
import { readVirtualNetworks } from "./virtual-network.ts";

/** What the walker is given: resources as Azure returns them, and tables as plain data. */
export interface WalkerInput {
  readonly resources: readonly ArmResource[];
  /** Service tag to prefixes, as in Microsoft's Service Tags file. A tag that is not here has unknown content. */
  readonly serviceTags: Readonly<Record<string, readonly string[]>>;
  /** FQDN tag to the names it covers. A tag that is not here has unknown content. */
  readonly fqdnTags: Readonly<Record<string, readonly string[]>>;
  /** Public DNS: name to addresses, or to one other name for an alias. A name that is not here has an unknown answer. */
  readonly dnsRecords: Readonly<Record<string, readonly string[]>>;
  /** What somebody's own DNS servers know beside public names: server address to name to addresses. */
  readonly dnsServers?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Prefixes that a virtual network gateway learnt by BGP, by gateway id. Azure's resources do not show them. */
  readonly learnedRoutes?: Readonly<Record<string, readonly string[]>>;
}

/** The input, indexed once so that each packet is quick. */
export interface Estate {
  readonly virtualNetworks: readonly VirtualNetwork[];
  readonly networkInterfaces: readonly NetworkInterface[];
  /** By id, whatever its letter case; undefined when the input does not hold it. */
  readonly find: (id: string) => ArmResource | undefined;
  /** All resources of a type, whatever its letter case. */
  readonly ofType: (type: string) => readonly ArmResource[];
  /** Children of a resource: standalone ones by id, and inline ones of the given property. Standalone wins. */
  readonly children: (parent: ArmResource, kind: string) => readonly ArmResource[];
  /** Blocks of a service tag; undefined when the input does not hold the tag. */
  readonly serviceTag: (name: string) => readonly Block[] | undefined;
  /** Names of an FQDN tag; undefined when the input does not hold the tag. */
  readonly fqdnTag: (name: string) => readonly string[] | undefined;
  /** What public DNS says; undefined when the input does not hold the name. */
  readonly publicRecords: (name: string) => readonly string[] | undefined;
  /** What an own DNS server knows beside public names; undefined when nobody said. */
  readonly ownRecords: (server: string) => Readonly<Record<string, readonly string[]>> | undefined;
  /** Prefixes learnt by BGP; undefined when nobody said. */
  readonly learnedRoutes: (gatewayId: string) => readonly Block[] | undefined;
  /** Remembers what was worked out for a resource, so that a thousand packets do not work it out again. */
  readonly remember: <T>(about: string, compute: () => T) => T;
}

/** Indexes the input. */
export function openEstate(input: WalkerInput): Estate {
  const byId = new Map<string, ArmResource>();
  const byType = new Map<string, ArmResource[]>();
  const byParent = new Map<string, ArmResource[]>();
  for (const resource of input.resources) {
    byId.set(resource.id.toLowerCase(), resource);
    push(byType, resource.type.toLowerCase(), resource);
    push(byParent, parentOf(resource.id.toLowerCase()), resource);
  }
  const memory = new Map<string, unknown>();
  const partial: Omit<Estate, "virtualNetworks" | "networkInterfaces"> = {
    find: (id) => byId.get(id.toLowerCase()),
    ofType: (type) => byType.get(type.toLowerCase()) ?? [],
    children: (parent, kind) => childrenOf(parent, kind, byParent.get(parent.id.toLowerCase()) ?? []),
    serviceTag: caseless(input.serviceTags, parseBlocks),
    fqdnTag: caseless(input.fqdnTags, (names) => names.map((name) => name.toLowerCase())),
    publicRecords: caseless(input.dnsRecords, (records) => records),
    ownRecords: caseless(input.dnsServers ?? {}, (records) => records),
    learnedRoutes: caseless(input.learnedRoutes ?? {}, parseBlocks),
    remember: (about, compute) => recall(memory, about, compute),
  };
  return {
    ...partial,
    virtualNetworks: readVirtualNetworks(partial),
    networkInterfaces: readNetworkInterfaces(partial),
  };
}

/** A resource that another one refers to, or the id that leads nowhere. */
export type Lookup = { readonly found: ArmResource } | { readonly missing: string } | undefined;

/** Follows a reference property; undefined when the property is not set. */
export function follow(estate: Pick<Estate, "find">, value: unknown): Lookup {
  const id = reference(value);
  if (id === undefined) {
    return undefined;
  }
  const found = estate.find(id);
  return found === undefined ? { missing: id } : { found };
}

function childrenOf(parent: ArmResource, kind: string, standalone: readonly ArmResource[]): readonly ArmResource[] {
  const wanted = `${parent.type}/${kind}`.toLowerCase();
  const own = standalone.filter((child) => child.type.toLowerCase() === wanted);
  const known = new Set(own.map((child) => nameOf(child.id).toLowerCase()));
  const inlined = record(parent.properties)[kind];
  const inline = (Array.isArray(inlined) ? inlined : [])
    .map((child) => ({
      ...record(child),
      type: `${parent.type}/${kind}`,
      id: `${parent.id}/${kind}/${String(record(child).name)}`,
    }))
    .filter((child) => !known.has(nameOf(child.id).toLowerCase()));
  return [...own, ...inline];
}

function caseless<V, T>(table: Readonly<Record<string, V>>, read: (value: V) => T): (name: string) => T | undefined {
  const byName = new Map(Object.entries(table).map(([name, value]) => [name.toLowerCase(), value]));
  const done = new Map<string, T>();
  return (name) => {
    const key = name.toLowerCase();
    const value = byName.get(key);
    if (value === undefined) {
      return undefined;
    }
    const known = done.get(key) ?? read(value);
    done.set(key, known);
    return known;
  };
}

function recall<T>(memory: Map<string, unknown>, about: string, compute: () => T): T {
  if (!memory.has(about)) {
    memory.set(about, compute());
  }
  // The key names both the subject and the question, so a key only ever holds one type.
  return memory.get(about) as T;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const found = map.get(key);
  if (found === undefined) {
    map.set(key, [value]);
  } else {
    found.push(value);
  }
}
