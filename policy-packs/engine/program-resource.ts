import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { emptySecret, isUnknownMark } from "../../readers/pulumi/pulumi-value.ts";

/** What a pack knows of a resource. Values that are not known yet are Pulumi's marks; nothing secret is in it. */
export interface ProgramResource {
  readonly urn: string;
  /** The type token: `azure-native:network:Subnet`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** What the program asks for, as the provider completed it. */
  readonly inputs: PlainObject;
  /** What Azure answered; in a preview what can be foreseen of it. Empty before the resource is made. */
  readonly outputs: PlainObject;
  /** The subscription of its provider, where the program names one. */
  readonly subscriptionId?: string;
  /** URNs of the resources that each input is made from; known only at the end of a preview or update. */
  readonly madeFrom: Readonly<Record<string, readonly string[]>>;
}

/** Plain data of a resource. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** A resource as it is registered. */
export function registeredResource({
  urn,
  type,
  name,
  props,
  opts,
  provider,
}: ResourceValidationArgs): ProgramResource {
  return {
    urn,
    type,
    name,
    inputs: withoutSecrets(peek(props), opts.additionalSecretOutputs),
    outputs: {},
    ...subscriptionOf(provider),
    madeFrom: {},
  };
}

/** The same resource at the end, when its outputs are there. */
export function finishedResource(
  { urn, type, name, props, opts, provider, propertyDependencies }: PolicyResource,
  registered: ProgramResource | undefined,
): ProgramResource {
  return {
    urn,
    type,
    name,
    inputs: registered?.inputs ?? {},
    outputs: withoutSecrets(peek(props), opts.additionalSecretOutputs),
    ...subscriptionOf(provider),
    madeFrom: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, resources]) => [
        property,
        resources.map((each) => each.urn),
      ]),
    ),
  };
}

/**
 * The properties as they are. Reading an unknown one throws, which ends a policy and turns it into a warning; its descriptor
 * holds the mark that stands for it, and what lies below is not guarded any more.
 */
function peek(guarded: object): PlainObject {
  return Object.fromEntries(
    Object.keys(guarded).map((key) => [key, Object.getOwnPropertyDescriptor(guarded, key)?.value]),
  );
}

/** Names of inputs that hold secrets in azure-native and Microsoft Graph, wherever they stand. */
const secretName = /password|secret|^sharedKey|authorizationKey|connectionString|accessKey|privateKey/i;

/** The engine hands secrets to policies in plain text, so what may be one is dropped before anybody looks. */
export function withoutSecrets(properties: PlainObject, named: readonly string[]): PlainObject {
  const hide = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hide);
    return isPlain(value) ? withoutSecrets(value, []) : value;
  };
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      secretName.test(key) || named.includes(key) ? emptySecret : hide(value),
    ]),
  );
}

function subscriptionOf(provider: { readonly props: object } | undefined): { readonly subscriptionId?: string } {
  const id = provider === undefined ? undefined : peek(provider.props).subscriptionId;
  // The mark of an unknown value is a GUID as well.
  const known = typeof id === "string" && !isUnknownMark(id) && /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id);
  return known ? { subscriptionId: id } : {};
}

function isPlain(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
