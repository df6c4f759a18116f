import {
  isArray,
  isMap,
  type PropertyMap,
  type PropertyValue,
  withoutSecrets,
  withSecretsOf,
} from "../protocol/property-values.ts";
import { changedPaths } from "./diff-inputs.ts";

/**
 * Inputs after a refresh: what differs between the outputs of then and of now (both in the shape of inputs) is carried over, the rest stays as the program wrote it,
 * so that Azure's defaults do not become inputs. As in github.com/pulumi/pulumi-azure-native provider/pkg/provider/provider.go (`Read`, read 2026-11-21).
 */
export function refreshedInputs(
  inputs: PropertyMap,
  oldProjection: PropertyMap,
  newProjection: PropertyMap,
): PropertyMap {
  const refreshed: [string, PropertyValue][] = [];
  for (const name of new Set([...Object.keys(inputs), ...Object.keys(newProjection)])) {
    const value = refreshedValue(inputs[name], oldProjection[name], newProjection[name]);
    if (value !== undefined) refreshed.push([name, value]);
  }
  return Object.fromEntries(refreshed);
}

function refreshedValue(
  input: PropertyValue | undefined,
  before: PropertyValue | undefined,
  now: PropertyValue | undefined,
): PropertyValue | undefined {
  if (changedPaths(before, now, "").next().done === true) return input;
  if (input === undefined || now === undefined) return now;
  const plain = withoutSecrets(input);
  if (isMap(plain) && isMap(before) && isMap(now)) return withSecretsOf(input, refreshedInputs(plain, before, now));
  if (!isArray(plain) || !isArray(before) || !isArray(now)) return now;
  const items = now.map((item, index) => refreshedValue(plain[index], before[index], item) ?? item);
  return withSecretsOf(input, items);
}
