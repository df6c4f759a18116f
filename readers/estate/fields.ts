import type { Ipv4Address, PortRange, Reference, RuleAddress } from "../../model/estate/resource.ts";
import type { Problem } from "../../model/estate.ts";
import type { Parsed, Prefix } from "../../model/prefix.ts";
import { type Place, type Read, type Unknown, unknown } from "../../model/read.ts";
import type { ResourceId } from "../../model/resource-id.ts";
import { type ArmObject, type ArmValue, member } from "../arm/arm-value.ts";
import {
  addressOf,
  booleanOf,
  choiceOf,
  integerOf,
  isIpv6,
  placeOf,
  portRangeOf,
  prefixOf,
  referenceOf,
  ruleAddressOf,
  textOf,
  unknownOf,
} from "./read-value.ts";

/** What reading one estate collects besides the estate. */
export interface Notebook {
  /** What Azure would refuse. */
  readonly problems: Problem[];
  /** What had to be taken as given, in sentences to print. */
  readonly assumptions: string[];
  /** The objects that were looked into, with the resource they belong to. */
  readonly seen: Map<ArmObject, ResourceId>;
  /** The members that were asked for. */
  readonly asked: Set<ArmValue>;
}

/**
 * The fields of a resource or of a part of one. Reads the wire form, where they lie under `properties`, and the flattened
 * form that the Azure CLI and Pulumi print. What is not set is `undefined`; what is set but not known, or not what Azure
 * takes, is Unknown, and in the latter case also a problem.
 */
export class Fields {
  readonly owner: ResourceId;
  readonly #body: ArmValue;
  readonly #notebook: Notebook;

  constructor(body: ArmValue, owner: ResourceId, notebook: Notebook) {
    this.#body = body;
    this.#notebook = notebook;
    this.owner = owner;
  }

  get place(): Place {
    return placeOf(this.#body.place);
  }

  /** The field as it was written; `null` and an empty text are the same as not set. */
  value(name: string): ArmValue | undefined {
    const body = this.#body;
    if (body.kind === "unknown") return body;
    if (body.kind !== "object") return undefined;
    const properties = this.#member(body, "properties");
    if (properties?.kind === "unknown") return properties;
    if (properties?.kind === "null") return this.#member(body, name) ?? withheld(properties, name);
    const found =
      (properties?.kind === "object" ? this.#member(properties, name) : undefined) ?? this.#member(body, name);
    return found?.kind === "null" || (found?.kind === "string" && found.value === "") ? undefined : found;
  }

  /** Set when nothing of it is known. */
  get unknown(): Unknown | undefined {
    return this.#body.kind === "unknown" ? unknownOf(this.#body) : undefined;
  }

  /** Whether it says nothing but which resource is meant. */
  get isReference(): boolean {
    return (
      this.#body.kind === "object" && [...this.#body.members.keys()].every((name) => /^(id|resourceGroup)$/i.test(name))
    );
  }

  /** A text that must be known, such as a name: where it is not, what it is made of. */
  label(name: string): string {
    const value = this.value(name);
    if (value?.kind === "unknown") return value.symbol;
    return value?.kind === "string" ? value.value : "";
  }

  text(name: string): Read<string> | undefined {
    return this.#read(name, textOf);
  }

  integer(name: string): Read<number> | undefined {
    return this.#read(name, integerOf);
  }

  boolean(name: string): Read<boolean> | undefined {
    return this.#read(name, booleanOf);
  }

  address(name: string): Read<Ipv4Address> | undefined {
    return this.#read(name, addressOf);
  }

  prefix(name: string): Read<Prefix> | undefined {
    return this.#read(name, prefixOf);
  }

  portRange(name: string): Read<PortRange> | undefined {
    return this.#read(name, portRangeOf);
  }

  ruleAddress(name: string): Read<RuleAddress> | undefined {
    return this.#read(name, ruleAddressOf);
  }

  /** A value of an enumeration, in ARM's spelling whatever case it was written in. */
  oneOf<const T extends string>(name: string, choices: readonly T[]): Read<T> | undefined {
    return this.#read(name, (value) => choiceOf(value, choices));
  }

  /** A list of values of an enumeration. */
  oneOfEach<const T extends string>(name: string, choices: readonly T[]): readonly Read<T>[] {
    return this.#list(name, (value) => choiceOf(value, choices));
  }

  /** The id in `{ "id": … }`, or an id written as plain text. */
  reference(name: string): Reference | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : this.#reference(name, value);
  }

  references(name: string): readonly Reference[] {
    return this.items(name).map((item) => this.#reference(name, item));
  }

  texts(name: string): readonly Read<string>[] {
    return this.#list(name, textOf);
  }

  addresses(name: string): readonly Read<Ipv4Address>[] {
    return this.#list(name, addressOf, isIpv6Value);
  }

  /** Only those of IPv4. */
  prefixes(name: string): readonly Read<Prefix>[] {
    return this.#list(name, prefixOf, isIpv6Value);
  }

  ruleAddresses(name: string): readonly Read<RuleAddress>[] {
    return this.#list(name, ruleAddressOf);
  }

  portRanges(name: string): readonly Read<PortRange>[] {
    return this.#list(name, portRangeOf);
  }

  /** The items of a list; a list that is not known is one item that is not known. */
  items(name: string): readonly ArmValue[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (value.kind === "array") return value.items.filter((item) => item.kind !== "null");
    return value.kind === "unknown" ? [value] : [this.#notAList(name, value)];
  }

  /** The fields of an object in this one; undefined where it is not set. */
  object(name: string): Fields | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : new Fields(value, this.owner, this.#notebook);
  }

  /** The fields of each object of a list. */
  objects(name: string): readonly Fields[] {
    return this.items(name).map((item) => new Fields(item, this.owner, this.#notebook));
  }

  /** The value, or Unknown with a problem where Azure asks for a field that is not there. */
  required<T>(value: Read<T> | undefined, name: string): Read<T> {
    return value ?? this.#refused(`${name} is missing`, this.place);
  }

  /** Unknown, and a problem to report: Azure would refuse this. */
  refused(message: string): Unknown {
    return this.#refused(message, this.place);
  }

  #read<T>(name: string, parse: (value: ArmValue) => Parsed<T>): Read<T> | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : this.#parsed(name, value, parse);
  }

  #list<T>(
    name: string,
    parse: (value: ArmValue) => Parsed<T>,
    skip?: (value: ArmValue) => boolean,
  ): readonly Read<T>[] {
    return this.items(name)
      .filter((item) => skip === undefined || !skip(item))
      .map((item) => this.#parsed(name, item, parse));
  }

  #parsed<T>(name: string, value: ArmValue, parse: (value: ArmValue) => Parsed<T>): Read<T> {
    if (value.kind === "unknown") return unknownOf(value);
    const parsed = parse(value);
    return parsed.ok ? parsed.value : this.#refused(`${name}: ${parsed.message}`, placeOf(value.place));
  }

  #reference(name: string, value: ArmValue): Reference {
    const id = value.kind === "object" ? (this.#member(value, "id") ?? { kind: "null", place: value.place }) : value;
    const parsed = referenceOf(id);
    return parsed.ok ? parsed.value : this.#refused(`${name}: ${parsed.message}`, placeOf(value.place));
  }

  #notAList(name: string, value: ArmValue): ArmValue {
    const { unknown: reason } = this.#refused(
      `${name} is of type ${value.kind}, expected a list`,
      placeOf(value.place),
    );
    return { kind: "unknown", symbol: `{${name}}`, reason, place: value.place };
  }

  #refused(message: string, place: Place): Unknown {
    this.#notebook.problems.push({ id: this.owner, message, place });
    return unknown(message, place);
  }

  #member(object: ArmObject, name: string): ArmValue | undefined {
    this.#notebook.seen.set(object, this.owner);
    const found = member(object, name);
    if (found !== undefined) this.#notebook.asked.add(found);
    return found;
  }
}

/** A copy without the fields that are undefined, which the estate leaves out. */
export function defined<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** `T`, with the fields that may be undefined optional instead. */
export type Defined<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

function isIpv6Value(value: ArmValue): boolean {
  return value.kind === "string" && isIpv6(value.value);
}

/** `properties: null` is what an answer has that left them out: nothing in them is known. */
function withheld({ place }: ArmValue, name: string): ArmValue {
  return { kind: "unknown", symbol: `{${name}}`, reason: 'its "properties" are null in the input', place };
}
