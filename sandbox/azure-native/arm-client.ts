import { resourceGroupId } from "../arm/arm-id.ts";
import type { ArmError, ArmResource } from "../arm/contract.ts";
import type { ArmAnswer } from "../azure/arm-answer.ts";
import type { ArmService } from "../azure/arm-service.ts";
import { isUnknown, type PropertyMap, type PropertyValue, unknown } from "../protocol/property-values.ts";
import { InitializationFailure } from "../protocol/stand-in-provider.ts";
import { outputsOf } from "./resource-body.ts";
import type { ResourceType } from "./resource-types.ts";
import { sendWithRetries } from "./send-with-retries.ts";

/** azure-native's way of talking to ARM: with retries, and errors as exceptions in its wording. */
export interface ArmClient {
  /** The resource, or undefined if ARM says 404. */
  find(id: string): Promise<ArmResource | undefined>;
  /** Writes, and reads what was written. Throws an `InitializationFailure` if the resource exists in spite of the error. `inputs` are kept in that case. */
  put(type: ResourceType, id: string, body: ArmResource, inputs: PropertyMap, plain: PropertyMap): Promise<ArmResource>;
  /** Deletes; what is not there is deleted. */
  remove(id: string): Promise<void>;
  /** The location of a resource group, unknown if its name is, undefined if there is no such group. */
  locationOfGroup(subscriptionId: string, name: PropertyValue | undefined): Promise<string | undefined>;
}

/** Makes a client for one request of the engine. */
export function createArmClient(
  arm: ArmService,
  waitMilliseconds: (nominalSeconds: number) => number,
  abandoned: () => boolean,
): ArmClient {
  const send = (request: () => Promise<ArmAnswer>): Promise<ArmAnswer> =>
    sendWithRetries(request, waitMilliseconds, abandoned);

  async function find(id: string): Promise<ArmResource | undefined> {
    const answer = await send(() => arm.get(id));
    if (answer.ok) return answer.resource;
    if (answer.error.status === 404) return undefined;
    throw new Error(wording(answer.error));
  }

  async function put(
    type: ResourceType,
    id: string,
    body: ArmResource,
    inputs: PropertyMap,
    plain: PropertyMap,
  ): Promise<ArmResource> {
    const answer = await send(() => arm.put(id, body, queryOf(plain)));
    if (answer.ok) {
      const resource = (await find(id)) ?? answer.resource;
      if (resource !== undefined) return resource;
      throw new Error(`"${id}" was written but is not there`);
    }
    const resource = answer.created ? await find(id) : undefined;
    if (resource === undefined) throw new Error(wording(answer.error));
    throw new InitializationFailure(wording(answer.error), resource.id, outputsOf(type, resource), inputs);
  }

  async function remove(id: string): Promise<void> {
    const answer = await send(() => arm.delete(id));
    if (!answer.ok && answer.error.status !== 404) throw new Error(wording(answer.error));
  }

  async function locationOfGroup(subscriptionId: string, name: PropertyValue | undefined): Promise<string | undefined> {
    if (isUnknown(name)) return unknown;
    const groupId =
      typeof name === "string" ? resourceGroupId(`/subscriptions/${subscriptionId}/resourceGroups/${name}`) : undefined;
    return groupId === undefined ? undefined : (await find(groupId))?.location;
  }

  return { find, put, remove, locationOfGroup };
}

function queryOf(inputs: PropertyMap): Readonly<Record<string, string>> {
  const { syncRemoteAddressSpace } = inputs;
  return typeof syncRemoteAddressSpace === "string" ? { syncRemoteAddressSpace } : {};
}

function wording({ status, code, message }: ArmError): string {
  return `sandbox: Status=${status} Code=${JSON.stringify(code)} Message=${JSON.stringify(message)}`;
}
