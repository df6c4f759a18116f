import { resources } from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";

/** A resource group, made here or found, as other resources name it. */
export interface ResourceGroupReference {
  readonly id: pulumi.Input<string>;
  readonly name: pulumi.Input<string>;
}

/** Arguments of `resourceGroup`. */
export interface ResourceGroupArgs {
  /** Name of a group that is made here. */
  readonly name: string;
  /** Azure region as ARM spells it. */
  readonly location: string;
  /**
   * ARM id of a group that exists and is used instead.
   * @default - the group is made
   */
  readonly existingId?: string;
  /** Refuse to delete or replace it; for the group of the Cloud PCs' network interfaces. */
  readonly protect: boolean;
  /** Tags on everything that can have them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Makes a resource group, or refers to one that exists. */
export function resourceGroup(
  logicalName: string,
  { name, location, existingId, protect, tags }: ResourceGroupArgs,
  opts: pulumi.CustomResourceOptions,
): ResourceGroupReference {
  if (existingId !== undefined) return { id: existingId, name: existingId.slice(existingId.lastIndexOf("/") + 1) };
  return new resources.ResourceGroup(
    logicalName,
    { resourceGroupName: name, location, tags: { ...tags } },
    { ...opts, protect },
  );
}
